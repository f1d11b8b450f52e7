import { existsSync, readFileSync } from 'node:fs'
import {
  type Finding,
  type Verified,
  logName,
  notesIn,
  openAuditKey,
  publishedHeads,
  readPublicKeys,
  receiptOfEntry,
  verifierKey,
  verifyLog
} from '#shared/audit/index.ts'
import { type Database, connect } from '#shared/database/index.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import type { Say, TextKey } from '#shared/texts/index.ts'
import { type Configuration, configurationOfThisProcess } from '../configuration.ts'
import { type Call, type Command, exit } from './command.ts'
import { openInstallation } from './installation.ts'

/** Checks that the log of what was done is as it was written and signed; gives receipts for entries of it. */
export const command: Command = {
  name: 'audit',
  usage: 'verify [--from-head FILE] [--key FILE] | receipt ENTRY',
  summary: 'cli.audit.summary',
  help: 'cli.audit.help',
  options: { 'from-head': { type: 'string', multiple: true }, key: { type: 'string', multiple: true } },
  arguments: { least: 1, most: 2 },
  async run(call) {
    const [verb, entry] = call.arguments
    if (verb === 'verify' && entry === undefined) return verify(call)
    if (verb === 'receipt' && entry !== undefined) return giveReceipt(call, entry)
    call.remark(call.t('cli.audit.no-such-verb', { said: call.arguments.join(' ') }))
    return exit.wrongUse
  }
}

async function giveReceipt({ write }: Call, entry: string): Promise<number> {
  const configuration = configurationOfThisProcess()
  const { auditKey: file } = configuration
  if (!existsSync(file)) throw new Refusal((t) => t('cli.audit.no-own-key', { file }))
  const key = openAuditKey(file)
  return withDatabase(configuration, async (database) => {
    const audit = { name: await logName(database), key }
    const receipt = /^[1-9]\d{0,17}$/.test(entry)
      ? await receiptOfEntry({ database, audit }, entry)
      : undefined
    if (!receipt) throw new Refusal((t) => t('cli.audit.no-such-entry', { entry }))
    write(JSON.stringify(receipt, undefined, 2))
    return exit.done
  })
}

async function withDatabase<Result>(
  configuration: Configuration,
  work: (database: Database) => Promise<Result>
): Promise<Result> {
  const installation = await openInstallation(configuration, 'existing')
  const database = connect(installation.server, 'kopa-command')
  try {
    return await work(database)
  } finally {
    await database.destroy()
    await installation.close()
  }
}

// Below it the answer comes at once.
const progressFrom = 50_000 // not of a guide: entries

async function verify({ options, json, t, write, remark }: Call): Promise<number> {
  const configuration = configurationOfThisProcess()
  const heads = files(options['from-head']).flatMap(headsIn)
  const keys = [...ownKey(configuration), ...files(options.key).flatMap(keysIn)]
  return withDatabase(configuration, async (database) => {
    const log = await logName(database)
    const verified = await verifyLog(database, {
      log,
      keys,
      kept: [...publishedHeads(configuration.auditHeads).all(), ...heads],
      onProgress: everyTenth((percent) => remark(t('cli.audit.progress', { percent })))
    })
    const shown = { ...verified, findings: verified.findings.map((finding) => withKey(log, finding)) }
    if (json) write(JSON.stringify(shown))
    else for (const line of lines(shown, keys.length, t)) write(line)
    return verified.findings.length === 0 ? exit.done : exit.undetermined
  })
}

const files = (option: Call['options'][string]) => [option ?? []].flat().map(String)

function headsIn(file: string): string[] {
  const notes = notesIn(read(file))
  if (notes.length === 0) throw new Refusal((t) => t('cli.audit.no-heads', { file }))
  return notes
}

function keysIn(file: string): Buffer[] {
  const keys = readPublicKeys(read(file))
  if (keys.length === 0) throw new Refusal((t) => t('cli.audit.no-keys', { file }))
  return keys
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Refusal((t) => t('cli.audit.unreadable', { file, why: (cause as Error).message }), { cause })
  }
}

/** The key on this machine, where there is one: it is not in the database, so it can judge it. */
function ownKey({ auditKey }: Configuration): Buffer[] {
  return existsSync(auditKey) ? [openAuditKey(auditKey).publicKey] : []
}

/** A key as others write it, and as --key takes it. */
const withKey = (log: string, finding: Finding): Finding =>
  'key' in finding ? { ...finding, key: verifierKey(log, Buffer.from(finding.key, 'hex')) } : finding

function everyTenth(tell: (percent: number) => void): (done: number, total: number) => void {
  let told = 0
  return (done, total) => {
    const percent = Math.floor((done / total) * 10) * 10
    if (total < progressFrom || percent <= told) return
    told = percent
    tell(percent)
  }
}

// More would hide the first.
const mostShown = 100

function lines(verified: Verified, knownKeys: number, t: Say): string[] {
  const { entries, heads, kept, erased, unsealed, newest, findings } = verified
  const problems = findings.map((finding) => `  ${say(finding, t)}`)
  return [
    findings.length === 0
      ? t('cli.audit.whole', { entries })
      : t('cli.audit.not-whole', { entries, problems: findings.length }),
    ...problems.slice(0, mostShown),
    ...(problems.length > mostShown ? [t('cli.audit.more', { count: problems.length - mostShown })] : []),
    t('cli.audit.numbers', { heads, kept, erased, unsealed }),
    ...(newest ? [t('cli.audit.newest', { size: newest.size, at: newest.sealedAt })] : []),
    ...(knownKeys === 0 && heads > 0 ? [t('cli.audit.no-key')] : []),
    ...(heads > 0 && kept === 0 ? [t('cli.audit.none-kept')] : [])
  ]
}

function say(finding: Finding, t: Say): string {
  // Each text takes what its finding holds.
  const speak = t as (key: TextKey, args: object) => string
  return speak(`cli.audit.found.${finding.found}`, argumentsOf(finding))
}

/** A finding flat, as a text takes it. */
function argumentsOf(finding: Finding): Record<string, string | number> {
  const { found: _, ...rest } = finding
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]): [string, string | number][] => {
      if (Array.isArray(value)) return [[name, value.join(', ')]]
      if (typeof value === 'object') return [['subject', value ? `${value.kind} ${value.id}` : '']]
      if (name === 'note') return [[name, String(value).split('\n')[0]!]]
      return [[name, value]]
    })
  )
}
