import { randomUUID } from 'node:crypto'
import { startApplication } from '#server/applications'
import { beginCall, publishCall, saveCall, sendForReview } from '#server/calls'
import { askForAdvice, assignOfficer, bookAdvice } from '#server/directory'
import { askToJoin, inviteMember, registerOrganisation } from '#server/organisations'
import { endRole, openSession, rolesOf } from '#server/people'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { type Concerns, type Permission, type SignedIn, may, nobody } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { completeTerms } from '../cast/calls-at-desk.ts'
import { type Cast, castOf, personActing } from '../cast/cast.ts'
import { onRecord } from '../cast/at-the-deadline.ts'
import { pdfOf } from '#shared/files/files.fixture.ts'
import { fileOfficialReceipt } from '../../src/modules/applications/actions/file-official-receipt.ts'
import { attachFile } from '../../src/modules/applications/actions/attach-file.ts'
import { addDocument } from '../../src/modules/calls/actions/add-document.ts'
import { mergeOrganisations } from '../../src/modules/organisations/actions/merge-organisations.ts'
import { saveContacts } from '../../src/modules/organisations/actions/save-contacts.ts'
import { makeToken } from '../../src/modules/people/actions/make-token.ts'
import type { RunningSite } from '../running-site.ts'

/** What the walk walks through: the cast at a running site, and things that belong to them. */
export type World = {
  site: RunningSite
  cast: Cast
  /** Maria's school, to which the things at hand belong, and that of Jonas, who is from elsewhere. */
  school: Organisation
  otherSchool: Organisation
  /** One that somebody registered and left, and one that was merged into Maria’s school (organisations.merge). */
  orphan: Organisation
  merge: string
  /** Petra's body, to which the things at hand belong; and the bodies that look after Maria’s school. */
  body: string
  lookingAfter: readonly string[]
  /** Codes of calls of that body, and a file among the documents of the published one. */
  calls: Record<'draft' | 'inReview' | 'published' | 'document', string>
  /** The code and the id of a draft that Maria’s school coordinates, under the published call. */
  application: { code: string; id: string; receipt: string }
  /** The code of one that was handed in. */
  submitted: string
  /** A mail of the outbox. */
  mail: string
  /** Maria’s question, as it waits at the body (directory.waiting), and advice that her school got. */
  waiting: string
  advice: string
  /** What nobody may read whom it does not concern. */
  secrets: Secret[]
}

export type Organisation = { id: string; code: string; name: string }

/** A text that stands in something private, and who may read it: the answer of a permission. */
export type Secret = { text: string; what: string; permission: Permission; concerns: Concerns }

/** Fills a running site. */
export async function worldAt(site: RunningSite): Promise<World> {
  const { database } = site.app
  const founder = await personActing(database, { name: 'Dina Dibinātāja', language: 'lv' })
  const school = await organisation(site, founder, 'Rīgas Zīļu pamatskola')
  const otherSchool = await organisation(site, founder, 'Kauno Gintaro gimnazija')
  const body = 'lv-viaa'
  const cast = await castOf(database, { mariasSchool: school.id, jonasSchool: otherSchool.id, body })
  const secrets: Secret[] = []
  const hide = (what: string, permission: Permission, concerns: Concerns): string => {
    const text = `${what.replaceAll(' ', '-')}-${randomUUID().slice(0, 8)}`
    secrets.push({ text, what, permission, concerns })
    return text
  }
  const lookingAfter = await site.app.bodiesFor(database, 'LV')
  const orphan = await organisation(site, founder, 'Pamestā muiža')
  for (const { id } of [school, otherSchool, orphan]) await leaving(site, founder, id)
  const merge = await mergedInto(site, { founder, petra: cast.petra, school })
  const calls = await callsOf(site, body, hide)
  const application = await draftOf(site, { maria: cast.maria, school, call: calls.published }, hide)
  const submitted = await submittedOf(site, { maria: cast.maria, school, call: calls.published })
  const mail = await mailIn(site, hide)
  await waysInOf(site, cast.ilze, hide)
  await contactOf(site, cast.maria, school, { hide, lookingAfter })
  await membersToBe(site, cast, school, { hide, lookingAfter })
  const advised = await adviceFor(site, cast, { school, body }, hide)
  const organisations = { school, otherSchool, orphan, merge }
  return {
    site,
    cast,
    ...organisations,
    body,
    lookingAfter,
    calls,
    application,
    submitted,
    mail,
    ...advised,
    secrets
  }
}

/** Makes a text that stands nowhere else, and remembers who may read it. */
type Hide = (what: string, permission: Permission, concerns: Concerns) => string

async function organisation(site: RunningSite, founder: SignedIn, name: string): Promise<Organisation> {
  const registered = done(
    await registerOrganisation(site.app, founder, { name, country: 'LV', type: 'school' })
  )
  return { id: registered.organisation, code: registered.code, name }
}

/** Written by other officers than the one who walks, so that she may be the second. */
async function callsOf({ app }: RunningSite, body: string, hide: Hide): Promise<World['calls']> {
  const officer = (name: string) => personActing(app.database, { name, role: { role: 'officer', body } })
  const author = await officer('Rasma Rakstītāja')
  const second = await officer('Otto Otrais')
  const begun = async (title: string) => {
    const { code } = done(await beginCall(app, author, { body, edition: 2026, kind: 'proposals' }))
    const change = completeTerms({ title: { lv: title, en: title } })
    const { revision } = done(await saveCall(app, author, code, { revision: 1, change }))
    return { code, revision }
  }
  const draft = await begun(hide('title of a draft', ['officer'], { body }))
  // Whoever is the second person where a body has one officer sees what waits.
  const inReview = await begun(hide('title in review', ['officer', 'administrator'], { body }))
  done(await sendForReview(app, author, inReview.code, inReview.revision))
  const { code: published, revision } = await begun('Sadarbības partnerības')
  const added = await addDocument(app, author, published, {
    content: Buffer.from('Programma;Gads\nErasmus+;2026\n'),
    name: 'Veidlapa.csv'
  })
  if (!('address' in added)) throw new Error(JSON.stringify(added))
  const change = { documents: [{ ...added, language: 'lv' }] }
  const saved = done(await saveCall(app, author, published, { revision, change }))
  done(await sendForReview(app, author, published, saved.revision))
  done(await publishCall(app, second, published, saved.revision))
  const document = added.address.split('/').at(-1)!
  return { draft: draft.code, inReview: inReview.code, published, document }
}

/** A draft is its consortium's alone. */
async function draftOf(
  { app }: RunningSite,
  { maria, school, call }: { maria: SignedIn; school: Organisation; call: string },
  hide: Hide
): Promise<World['application']> {
  const begun = { action: 'cooperation-partnerships', field: 'school', language: 'lv' }
  const title = hide('title of a draft application', ['member'], { organisation: school.id })
  const given = { ...begun, call, organisation: school.id, title }
  const { code } = done(await startApplication(app, maria, given))
  const annex = { content: pdfOf(1), name: 'Pielikums.pdf', base: 0 }
  const attached = await attachFile(app, maria, code, 'annexes.other', annex)
  if (!('version' in attached)) throw new Error(JSON.stringify(attached))
  const official = { content: pdfOf(1), name: 'Apliecinājums.pdf', number: 'KA220-1' }
  const filed = await fileOfficialReceipt(app, maria, code, official)
  if (!('receipt' in filed)) throw new Error(JSON.stringify(filed))
  const { id } = await app.database
    .selectFrom('applications.application')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  return { code, id, receipt: filed.receipt }
}

async function submittedOf(
  { app }: RunningSite,
  { maria, school, call }: { maria: SignedIn; school: Organisation; call: string }
): Promise<string> {
  const begun = { action: 'cooperation-partnerships', field: 'school', language: 'lv' }
  const given = { ...begun, call, organisation: school.id, title: 'Iesniegtais projekts' }
  const { code } = done(await startApplication(app, maria, given))
  await onRecord(app, maria, code)
  return code
}

async function leaving({ app }: RunningSite, founder: SignedIn, organisation: string): Promise<void> {
  const roles = await rolesOf(app.database, founder.person)
  const own = roles.find(({ held }) => 'organisation' in held && held.organisation === organisation)
  await endRole(app.database, own!.held.id)
}

async function mergedInto(
  site: RunningSite,
  { founder, petra, school }: { founder: SignedIn; petra: SignedIn; school: Organisation }
): Promise<string> {
  const twin = await organisation(site, founder, 'Mežaparka ģimnāzija')
  const pair = { kept: school.id, merged: twin.id, given: { reason: 'Tā ir tā pati skola.' } }
  const { merge } = done(await mergeOrganisations(site.app, petra, pair))
  await leaving(site, founder, school.id)
  return merge
}

/** Who sees more of the school than everybody. */
type Inside = { hide: Hide; lookingAfter: readonly string[] }

const insiders: Permission = ['member', 'officer', 'administrator']

/** A contact that the school shows to nobody but those who look after it. */
async function contactOf(
  { app }: RunningSite,
  maria: SignedIn,
  school: Organisation,
  { hide, lookingAfter }: Inside
): Promise<void> {
  const concerns = { organisation: school.id, body: lookingAfter }
  const name = hide('name of a private contact', insiders, concerns)
  const given = { contacts: [{ purpose: 'general', name }] }
  const { revision } = await app.database
    .selectFrom('organisations.organisation')
    .select('revision')
    .where('id', '=', school.id)
    .executeTakeFirstOrThrow()
  done(await saveContacts(app, maria, school.id, { revision, given }))
}

/** Ilze asks to join, and somebody is invited. */
async function membersToBe(
  { app }: RunningSite,
  { maria, ilze }: Cast,
  school: Organisation,
  { hide, lookingAfter }: Inside
): Promise<void> {
  const concerns = { organisation: school.id, body: lookingAfter, person: ilze.person }
  const reason = hide('reason of a request to join', ['self', 'member', 'officer', 'administrator'], concerns)
  done(await askToJoin(app, ilze, school.id, { role: 'member', reason }))
  const email = `${hide('address of somebody invited', insiders, concerns)}@example.org`
  done(await inviteMember(app, maria, school.id, { email, role: 'member' }))
}

async function adviceFor(
  { app }: RunningSite,
  { maria, petra, liga }: Cast,
  { school, body }: { school: Organisation; body: string },
  hide: Hide
): Promise<Pick<World, 'waiting' | 'advice'>> {
  const asked = done(
    await askForAdvice(app, maria, {
      organisation: school.id,
      edition: 2026,
      field: 'school',
      question: hide('question for advice', ['member', 'officer'], { organisation: school.id, body })
    })
  )
  const { id } = await app.database
    .selectFrom('directory.waiting')
    .select('id')
    .where('subject', '=', asked.request)
    .executeTakeFirstOrThrow()
  const advisor = await personActing(app.database, {
    name: 'Kaspars Konsultants',
    role: { role: 'officer', body }
  })
  const booked = done(
    await bookAdvice(app, advisor, {
      body,
      organisation: school.code,
      on: '2026-01-05',
      how: 'call',
      edition: 2026,
      topic: hide('topic of advice', ['member', 'officer'], { organisation: school.id, body }),
      notes: hide('note on advice', ['officer'], { body })
    })
  )
  // Whoever leads the body says who works there.
  const post = { body, officer: petra.acting!.id, head: true, units: [] }
  done(await assignOfficer(app, liga, post))
  return { waiting: id, advice: booked.advice }
}

/** A browser and a program of Ilze's, which nobody but she sees. */
async function waysInOf({ app }: RunningSite, ilze: SignedIn, hide: Hide): Promise<void> {
  const hers = { person: ilze.person }
  await openSession(app.database, ilze.person, {
    secondFactor: false,
    device: hide('device of a session', ['self'], hers)
  })
  const name = hide('name of a token', ['self'], hers)
  done(await makeToken(app, ilze, { name, scopes: ['calls:read'], days: 1 }))
}

async function mailIn({ app: { database } }: RunningSite, hide: Hide): Promise<string> {
  const subject = hide('subject of a mail', ['administrator'], {})
  await queueMail(database, {
    to: 'maria.ozola@example.org',
    language: 'lv',
    kind: 'tests.letter',
    subject,
    paragraphs: [hide('words of a mail', ['administrator'], {})]
  })
  const { id } = await database
    .selectFrom('mail.message')
    .select('id')
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow()
  return id
}

function done<Outcome>(outcome: Outcome | Refused): Outcome {
  if (isRefused(outcome)) throw new Error(JSON.stringify(outcome))
  return outcome as Outcome
}

/** Whether somebody may read a secret. */
export function mayRead(reader: SignedIn | undefined, { permission, concerns }: Secret): boolean {
  return may(reader ?? nobody, permission, concerns)
}
