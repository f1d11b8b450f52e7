import { type CreatedAdministrator, createAdministrator } from '#server/people'
import { connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type TextKey, formatInstant } from '#shared/texts/index.ts'
import { configurationOfThisProcess } from '../configuration.ts'
import { type Call, type Command, exit } from './command.ts'
import { openInstallation } from './installation.ts'

/** Who looks after this installation: makes the first administrator, and any other. */
export const command: Command = {
  name: 'admin',
  usage: 'create --email E --name N',
  summary: 'cli.admin.summary',
  help: 'cli.admin.help',
  options: { email: { type: 'string' }, name: { type: 'string' } },
  arguments: { least: 1, most: 1 },
  async run(call) {
    const { arguments: words, options, language, json, t, write, remark } = call
    if (words[0] !== 'create') {
      remark(t('cli.admin.unknown', { word: words[0]! }))
      return exit.wrongUse
    }
    const configuration = configurationOfThisProcess()
    const installation = await openInstallation(configuration, 'existing')
    const database = connect(installation.server, 'kopa-command')
    try {
      const outcome = await createAdministrator({ database }, options, language)
      if (isRefused(outcome)) {
        for (const { field, key, args } of outcome.problems) {
          remark(`--${field}: ${(t as (key: TextKey, args?: object) => string)(key, args)}`)
        }
        return exit.wrongUse
      }
      const origin = configuration.origin ?? `http://localhost:${configuration.port}`
      const address = outcome.path && `${origin}/${outcome.path}`
      if (json) write(JSON.stringify({ person: outcome.person, name: outcome.name, link: address }))
      else for (const line of lines(outcome, address, call)) write(line)
      return exit.done
    } finally {
      await database.destroy()
      await installation.close()
    }
  }
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
