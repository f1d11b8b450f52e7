import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import type { DomainStanding } from './domain-proof.ts'
import { isSharedHost } from './shared-hosts.ts'

/**
 * What a domain says about an organisation. Others count where an official list or a proof gives them the same
 * domain; that somebody only claims it must not take it from those whose it is.
 */
export async function standingOf(
  database: Database,
  domain: string,
  organisation: string
): Promise<DomainStanding> {
  if (isSharedHost(domain)) return 'host'
  const other = await database
    .selectFrom('organisations.fact as f')
    .innerJoin('organisations.organisation as o', 'o.id', 'f.organisation')
    .select('f.id')
    .where('f.kind', '=', 'domain')
    .where('f.value', '=', domain)
    .where('f.ended_at', 'is', null)
    .where('f.level', '<>', 'self-declared')
    .where('f.organisation', '<>', organisation)
    .where('o.merged_into', 'is', null)
    .executeTakeFirst()
  return other ? 'shared' : 'own'
}
