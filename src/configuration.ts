import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { isMailServer, isSender } from '#shared/mail/mail-server.ts'
import type { ClamdAddress } from '#shared/files/clamd.ts'
import { readClamdAddress, readS3Place } from '#shared/files/file-settings.ts'
import type { S3Place } from '#shared/files/s3-storage.ts'
import { Refusal } from '#shared/operating/refusal.ts'

/** The checkout. */
export const root = join(import.meta.dirname, '..')

/** The file beside package.json that may hold the same variables; the environment wins. */
export const configurationFile = 'kopa.env'

const loopback = ['127.0.0.1', 'localhost', '::1']

const path = z.string().transform((value) => (isAbsolute(value) ? value : join(root, value)))

const yesOrNo = z.enum(['yes', 'no']).transform((value) => value === 'yes')

/**
 * Every variable, what it may hold (said by a text operating.allowed.<variable>) and what it is when unset.
 * docs/operating.md explains each; a test compares.
 */
export const variables = {
  PORT: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65535)).default(3000),
  HOST: z
    .string()
    .regex(/^[a-zA-Z0-9.:_-]+$/)
    .default('127.0.0.1'),
  KOPA_ORIGIN: z
    .string()
    .refine(isOrigin)
    .transform((value) => new URL(value).origin)
    .optional(),
  KOPA_DATA: path.default(join(root, 'data')),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KOPA_MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  KOPA_TRUST_PROXY: yesOrNo.default(false),
  KOPA_DEMO: yesOrNo.default(false),
  KOPA_WORKER: z.enum(['inside', 'none']).default('inside'),
  KOPA_SMTP_URL: z.string().refine(isMailServer).optional(),
  KOPA_MAIL_FROM: z.string().refine(isSender).optional(),
  KOPA_FILES: z
    .string()
    .refine((value) => value === 'local' || readS3Place(value) !== undefined)
    .transform(readS3Place)
    .optional(),
  KOPA_FONTS: path.optional(),
  KOPA_CLAMD: z
    .string()
    .refine((value) => readClamdAddress(value) !== undefined)
    .transform(readClamdAddress)
    .optional(),
  KOPA_AUDIT_KEY: path.optional(),
  KOPA_AUDIT_HEADS: path.optional(),
  KOPA_PEOPLE_KEY: path.optional(),
  KOPA_OIDC_FILE: path.optional(),
  KOPA_LEAKED_PASSWORDS: z.url({ protocol: /^https$/ }).optional()
} as const

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, pathname, search, hash, username } = new URL(value)
  return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash && !username
}

export type Variable = keyof typeof variables

/** What the operator decided. Read once at the start; nothing else reads the environment. */
export type Configuration = {
  port: number
  host: string
  /** Scheme, host and port of every link, without a slash at the end; undefined: as the visitor's own machine. */
  origin: string | undefined
  /** Absolute. */
  dataFolder: string
  /** A PostgreSQL server; undefined: the embedded one. */
  databaseUrl: string | undefined
  /** The same database as its owner, who may change tables; undefined: `databaseUrl` is the owner's, too. */
  migrationDatabaseUrl: string | undefined
  logLevel: z.infer<typeof variables.LOG_LEVEL>
  /** Whether x-forwarded-for, -proto and -host of the request are believed. */
  trustProxy: boolean
  /** Whether the first start makes this a demonstration. */
  demo: boolean
  /** Whether the server does jobs and sends mail itself, or leaves that to `./kopa work`. */
  worker: 'inside' | 'none'
  /** The mail server; undefined: mail stays in the outbox. It may hold a password. */
  smtpUrl: string | undefined
  /** The sender of mail: an address, or “Name <address>”. There wherever `smtpUrl` is. */
  mailFrom: string | undefined
  /** The bucket that holds files; undefined: the data folder. */
  files: S3Place | undefined
  /** A folder of fonts for documents, beside those shipped. Absolute. */
  fonts: string | undefined
  /** ClamAV's daemon; undefined: files are not scanned. */
  clamd: ClamdAddress | undefined
  /** The file of the key that signs the audit log; the first start makes it. Absolute. */
  auditKey: string
  /** The folder of the audit log's published heads. Absolute. */
  auditHeads: string
  /** The file of the key that seals second factors; made when it is needed first. Absolute. */
  peopleKey: string
  /** The file of providers that people may sign in with; it need not be there. Absolute. */
  oidcFile: string
  /** Where a service of leaked passwords is asked; undefined: nowhere. */
  leakedPasswords: string | undefined
}

/** A value that cannot be used. `value` is what was found; undefined: nothing. */
export type ConfigurationProblem =
  | { problem: 'not-allowed'; variable: Variable; value: string }
  | { problem: 'unknown'; variable: string; nearest: Variable }
  | { problem: 'origin-required'; host: string }
  | { problem: 'sender-required' }
  | { problem: 'database-required' }

/**
 * Reads the configuration.
 * @param environment wins over `fromFile`
 * @param fromFile what the configuration file holds; an unknown variable there is a problem, a misspelt one would
 *   silently do nothing otherwise
 */
export function readConfiguration(
  environment: Record<string, string | undefined>,
  fromFile: Record<string, string | undefined> = {}
): { configuration: Configuration } | { problems: ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [
    ...unknownVariables(environment, /^KOPA_/),
    ...unknownVariables(fromFile, /./)
  ]
  const read: Partial<Record<Variable, unknown>> = {}
  for (const variable of Object.keys(variables) as Variable[]) {
    // An empty value is an unset one: many tools cannot unset.
    const value = environment[variable]?.trim() || fromFile[variable]?.trim() || undefined
    const result = variables[variable].safeParse(value)
    if (result.success) read[variable] = result.data
    else problems.push({ problem: 'not-allowed', variable, value: value ?? '' })
  }
  const configuration = named(read as { [V in Variable]: z.output<(typeof variables)[V]> })
  if (configuration.host && !loopback.includes(configuration.host) && !read.KOPA_ORIGIN) {
    problems.push({ problem: 'origin-required', host: configuration.host })
  }
  if (configuration.smtpUrl && !read.KOPA_MAIL_FROM) problems.push({ problem: 'sender-required' })
  // The embedded database has its two roles by itself.
  if (configuration.migrationDatabaseUrl && !configuration.databaseUrl) {
    problems.push({ problem: 'database-required' })
  }
  return problems.length > 0 ? { problems } : { configuration }
}

/**
 * The configuration of this process, from its environment and the file; refuses with every problem at once.
 * @param said variables that the command itself said: they win over both
 */
export function configurationOfThisProcess(said: { [V in Variable]?: string } = {}): Configuration {
  const file = join(root, configurationFile)
  const read = readConfiguration(
    { ...process.env, ...said },
    existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  )
  if ('configuration' in read) return read.configuration
  throw new Refusal((t) =>
    read.problems
      .map((problem) => {
        if (problem.problem === 'unknown') return t('operating.unknown-variable', problem)
        if (problem.problem === 'origin-required') return t('operating.origin-required', problem)
        if (problem.problem === 'sender-required') return t('operating.sender-required')
        if (problem.problem === 'database-required') return t('operating.database-required')
        const { variable, value } = problem
        // An address with a password in it is not repeated.
        const shown = /_URL$/.test(variable) ? '…' : value
        return t('operating.not-allowed', {
          variable,
          value: shown,
          allowed: t(`operating.allowed.${variable}`)
        })
      })
      .join('\n')
  )
}

function unknownVariables(
  values: Record<string, string | undefined>,
  ours: RegExp
): { problem: 'unknown'; variable: string; nearest: Variable }[] {
  return Object.keys(values)
    .filter((variable) => ours.test(variable) && !(variable in variables) && !forTools.test(variable))
    .map((variable) => ({ problem: 'unknown', variable, nearest: nearestTo(variable) }))
}

// Set by our own commands for each other.
const forTools = /^KOPA_TEST_/

function nearestTo(name: string): Variable {
  const parts = (text: string) => new Set(Array.from(text, (_, at) => text.slice(at, at + 2)))
  const here = parts(name.toUpperCase())
  const alike = (other: string) => [...parts(other)].filter((part) => here.has(part)).length / other.length
  return (Object.keys(variables) as Variable[]).sort((a, b) => alike(b) - alike(a))[0]!
}

function named(read: { [V in Variable]: z.output<(typeof variables)[V]> }): Configuration {
  return {
    port: read.PORT,
    host: read.HOST,
    origin: read.KOPA_ORIGIN,
    dataFolder: read.KOPA_DATA,
    databaseUrl: read.DATABASE_URL,
    migrationDatabaseUrl: read.KOPA_MIGRATION_DATABASE_URL,
    logLevel: read.LOG_LEVEL,
    trustProxy: read.KOPA_TRUST_PROXY,
    demo: read.KOPA_DEMO,
    worker: read.KOPA_WORKER,
    smtpUrl: read.KOPA_SMTP_URL,
    mailFrom: read.KOPA_MAIL_FROM,
    files: read.KOPA_FILES,
    fonts: read.KOPA_FONTS,
    clamd: read.KOPA_CLAMD,
    auditKey: read.KOPA_AUDIT_KEY ?? join(read.KOPA_DATA, 'audit', 'key.pem'),
    auditHeads: read.KOPA_AUDIT_HEADS ?? join(read.KOPA_DATA, 'audit', 'heads'),
    peopleKey: read.KOPA_PEOPLE_KEY ?? join(read.KOPA_DATA, 'people', 'key'),
    oidcFile: read.KOPA_OIDC_FILE ?? join(read.KOPA_DATA, 'oidc.yaml'),
    leakedPasswords: read.KOPA_LEAKED_PASSWORDS
  }
}

/** Whether an address is only reachable from this machine. */
export function isLoopback(host: string): boolean {
  return loopback.includes(host)
}
