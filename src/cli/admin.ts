import { type CreatedAdministrator, createAdministrator, forgetCodes } from '#server/people'
import { type Database, connect } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { type TextKey, formatInstant } from '#shared/texts/index.ts'
import { configurationOfThisProcess } from '../configuration.ts'
import { type Call, type Command, exit } from './command.ts'
import { openInstallation } from './installation.ts'

/** Looks after who looks after this installation: makes administrators, and helps whoever lost their codes. */
export const command: Command = {
  name: 'admin',
  usage: 'create|forget-codes --email E [--name N]',
  summary: 'cli.admin.summary',
  help: 'cli.admin.help',
  options: { email: { type: 'string' }, name: { type: 'string' } },
  arguments: { least: 1, most: 1 },
  async run(call) {
    const [word] = call.arguments
    const work = word === 'create' ? create : word === 'forget-codes' ? forget : undefined
    if (!work) {
      call.remark(call.t('cli.admin.unknown', { word: word! }))
      return exit.wrongUse
    }
    const installation = await openInstallation(configurationOfThisProcess(), 'existing')
    const database = connect(installation.server, 'kopa-command')
    try {
      return await work(database, call)
    } finally {
      await database.destroy()
      await installation.close()
    }
  }
}

async function create(database: Database, call: Call): Promise<number> {
  const { options, language, json, write } = call
  const outcome = await createAdministrator({ database }, options, language)
  if (isRefused(outcome)) return complain(outcome, call)
  const { origin, port } = configurationOfThisProcess()
  const address = outcome.path && `${origin ?? `http://localhost:${port}`}/${outcome.path}`
  if (json) write(JSON.stringify({ person: outcome.person, name: outcome.name, link: address }))
  else for (const line of lines(outcome, address, call)) write(line)
  return exit.done
}

async function forget(database: Database, call: Call): Promise<number> {
  const { options, json, t, write } = call
  const outcome = await forgetCodes({ database }, options)
  if (isRefused(outcome)) return complain(outcome, call)
  write(json ? JSON.stringify(outcome) : t('cli.admin.forgot', { name: outcome.name }))
  return exit.done
}

function complain({ problems }: Refused, { t, remark }: Call): number {
  for (const { field, key, args } of problems)
    remark(`--${field}: ${(t as (key: TextKey, args?: object) => string)(key, args)}`)
  return exit.wrongUse
}

function lines(
  { name, existed, expires }: CreatedAdministrator,
  address: string | undefined,
  call: Call
): string[] {
  const { t, language } = call
  const done = existed ? t('cli.admin.made', { name }) : t('cli.admin.created', { name })
  if (!address || !expires) return [done]
  return [
    done,
    t('cli.admin.link', { until: formatInstant(expires.toString(), language) }),
    '',
    `  ${address}`
  ]
}
