import { personActing } from './cast.ts'
import { type Consortium, withConsortium } from './applications-under-way.ts'
import { filesIn } from '#shared/files/files.fixture.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { deliver } from '#shared/events/deliver.ts'
import { dispatch } from '#shared/events/dispatch.ts'
import { listeners } from '../../src/modules/applications/jobs.ts'
import { personalData } from '../../src/personal-data.ts'
import { mergeOrganisations } from '../../src/modules/organisations/actions/merge-organisations.ts'
import { undoMerge } from '../../src/modules/organisations/actions/undo-merge.ts'
import { ok } from './calls-at-desk.ts'
import type { Outline } from '../../src/modules/applications/application.ts'

/** A consortium with a place for documents. */
export type ConsortiumAtWork = Omit<Consortium, 'places'> & {
  places: Consortium['places'] & { elenasSchool: string }
  holding: HoldingFiles
  /** The application as it stands now. */
  now: () => Promise<Outline>
  /** Somebody of Maria's organisation who may not sign for it. */
  colleague: () => Promise<SignedIn>
}

/** Gives a test Maria's application, with Jonas's school as a partner. */
export function consortiumAtWork<T>(work: (consortium: ConsortiumAtWork) => Promise<T>): Promise<T> {
  return withConsortium(async (consortium) => {
    const { database, application, places, app, elena } = consortium
    const files = filesIn(database)
    const organisation = places.mariasSchool
    try {
      return await work({
        ...consortium,
        places: { ...places, elenasSchool: (elena.acting as { organisation: string }).organisation },
        holding: { ...files.holding, clock: app.clock },
        now: async () => (await findOutline(database, application.id))!,
        colleague: () =>
          personActing(database, { name: 'Kārlis Kolēģis', role: { role: 'member', organisation } })
      })
    } finally {
      files.remove()
    }
  })
}

/** The secret of the last link that was mailed to somebody. */
export async function linkMailedTo({ database }: Pick<Consortium, 'database'>, to: string): Promise<string> {
  const { content } = await database
    .selectFrom('mail.message')
    .select('content')
    .where('recipient', '=', to)
    .where('kind', '=', 'applications.invitation')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return /\/applications\/mandates\/([\w-]+)/.exec(JSON.stringify(content))![1]!
}

/** What was mailed, by kind. */
export async function mailed({ database }: Pick<Consortium, 'database'>, kind: string): Promise<string[]> {
  const rows = await database
    .selectFrom('mail.message')
    .select('recipient')
    .where('kind', '=', kind)
    .execute()
  return rows.map(({ recipient }) => recipient!)
}

/** The code of the organisation that somebody acts for. */
export async function codeOf({ database }: Pick<Consortium, 'database'>, who: SignedIn): Promise<string> {
  const acting = who.acting
  if (!acting || !('organisation' in acting)) throw new Error(`${who.name} acts for no organisation.`)
  const { code } = await database
    .selectFrom('organisations.organisation')
    .select('code')
    .where('id', '=', acting.organisation)
    .executeTakeFirstOrThrow()
  return code
}

/** Petra finds out that two records are one organisation. @returns organisations.merge */
export async function mergedByPetra(
  { app, petra }: Pick<Consortium, 'app' | 'petra'>,
  kept: string,
  merged: string
): Promise<string> {
  const given = { reason: 'Tā ir tā pati skola.' }
  return ok(await mergeOrganisations(caringForAll(app), petra, { kept, merged, given })).merge
}

/** She was wrong: they are two again. */
export async function partedByPetra(
  { app, petra }: Pick<Consortium, 'app' | 'petra'>,
  merge: string
): Promise<void> {
  ok(await undoMerge(caringForAll(app), petra, merge, { reason: 'Tās ir divas skolas.' }))
}

const caringForAll = (app: Consortium['app']) => ({ ...app, bodiesFor: async () => ['lv-viaa'] })

/** Somebody's account is erased, as all modules do it together. */
export async function erased({ database }: Pick<Consortium, 'database'>, { person }: SignedIn) {
  await database.transaction().execute(async (transaction) => {
    for (const { erases } of personalData) await erases(transaction, person)
  })
}

/** What was announced reaches those who listen in this module, as the jobs of a server would bring it. */
export async function newsArrives(app: HoldingFiles & Consortium['app']): Promise<void> {
  await dispatch(app.database, listeners)
  const waiting = await app.database
    .selectFrom('events.delivery')
    .select(['event', 'listener'])
    .where('handled_at', 'is', null)
    .execute()
  for (const { event, listener } of waiting)
    await deliver(
      app,
      listeners.find(({ name }) => name === listener)!,
      { event }
    )
}
