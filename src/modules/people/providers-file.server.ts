import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Refusal } from '#shared/operating/refusal.ts'

const texts = z.array(z.string().min(1)).min(1)

/** One claim, or several that make it together (given_name, family_name). */
const claim = z.union([z.string().min(1), texts])

const providerSchema = z
  .strictObject({
    /** In addresses and in the database: never changed once people signed in by it. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    name: z.strictObject({ lv: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
    issuer: z.url({ protocol: /^https?$/ }).refine(isSafe, 'http is for this machine only: use https'),
    'client-id': z.string().min(1),
    'client-secret': z.string().min(1).optional(),
    'client-secret-file': z.string().min(1).optional(),
    scopes: texts.default(['openid', 'email', 'profile']),
    claims: z
      .strictObject({
        name: claim.default('name'),
        email: z.string().min(1).default('email'),
        'email-confirmed': z.string().min(1).default('email_verified')
      })
      .prefault({}),
    /** Whether every address it gives belongs to the person, whatever its claims say. */
    'emails-are-confirmed': z.boolean().default(false),
    /** Which of its answers count as two factors. */
    'second-factor': z
      .strictObject({ acr: z.array(z.string()).default([]), amr: z.array(z.string()).default([]) })
      .prefault({}),
    /** How strongly it is asked to look, as it names that. */
    'acr-values': texts.optional()
  })
  .refine(
    (one) => !(one['client-secret'] && one['client-secret-file']),
    'either client-secret or client-secret-file'
  )
  .refine((one) => one.scopes.includes('openid'), 'scopes: openid is needed')

const fileSchema = z
  .strictObject({ providers: z.array(providerSchema).min(1) })
  .refine(
    ({ providers }) => new Set(providers.map(({ id }) => id)).size === providers.length,
    'two providers have the same id'
  )

/** A provider of oidc.yaml, with its secret read. */
export type ProviderEntry = z.output<typeof providerSchema>

/**
 * The providers of a file; none where there is no file. JSON is YAML, too.
 * @throws Refusal, in words for the operator: a misspelt provider would silently keep people out
 */
export function readProviders(file: string): ProviderEntry[] {
  if (!existsSync(file)) return []
  try {
    const { providers } = fileSchema.parse(parse(readFileSync(file, 'utf8')))
    return providers.map((provider) => withSecret(provider, dirname(file)))
  } catch (cause) {
    const why =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')
        : (cause as Error).message
    throw new Refusal((t) => t('operating.oidc-file', { file, why }), { cause })
  }
}

function withSecret(provider: ProviderEntry, folder: string): ProviderEntry {
  const file = provider['client-secret-file']
  if (!file) return provider
  const secret = readFileSync(isAbsolute(file) ? file : join(folder, file), 'utf8').trim()
  return { ...provider, 'client-secret': secret }
}

function isSafe(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
