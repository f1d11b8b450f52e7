import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from '../../../../tests/database.ts'
import { mayNotDecide } from '../advice.ts'
import { adviceBy, refusalOfAdvisor } from '../advice-store.server.ts'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { registerOrganisation } from '#server/organisations'
import { adviceReceived } from '../reads.ts'
import { waitingAt } from '../waiting.server.ts'
import { askForAdvice } from './ask-for-advice.ts'
import { bookAdvice } from './book-advice.ts'
import { strikeAdvice } from './strike-advice.ts'

const given = {
  body: 'lv-viaa',
  on: '2026-11-20',
  how: 'meeting',
  action: 'small-scale-partnerships',
  edition: '2026',
  topic: 'Partneru izvēle',
  notes: 'Skola ir jaunpienācēja.'
}

test('Petra books what she advised the school, and from then on cannot decide on it', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, school } = await atWork(database)
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code }))
    const advice = await adviceBy(database, [petra.person, ieva.person])
    const application = {
      organisations: ['00000000-0000-4000-8000-000000000009', school.organisation],
      action: 'small-scale-partnerships',
      edition: 2026
    }
    assert.equal(mayNotDecide(petra.person, application, advice)?.because, 'advised')
    assert.equal(mayNotDecide(ieva.person, application, advice), undefined)
    assert.equal(mayNotDecide(petra.person, { ...application, edition: 2027 }, advice), undefined)
    assert.equal(mayNotDecide(petra.person, { ...application, action: 'other' }, advice), undefined)
    assert.equal(mayNotDecide(petra.person, { ...application, organisations: [] }, advice), undefined)
    assert.deepEqual((await refusalOfAdvisor(database, petra.person, application))?.problems, [
      { field: '', key: 'directory.advice.barred', args: { day: '2026-11-20' } }
    ])
  }))

test('The entry in the audit log holds who, whom and when, but not the notes', () =>
  withDatabase(async (database) => {
    const { app, petra, school } = await atWork(database)
    const { advice } = accepted(await bookAdvice(app, petra, { ...given, organisation: school.code }))
    const [entry] = await database
      .selectFrom('audit.entry')
      .select(['act', 'payload', 'about'])
      .where('subject_kind', '=', 'advice')
      .where('subject_id', '=', advice)
      .execute()
    assert.equal(entry?.act, 'directory.advice-booked')
    assert.doesNotMatch(JSON.stringify(entry.payload), /jaunpienācēja/)
    assert.deepEqual(entry.about, [petra.person])
  }))

test('Booking answers a question that waited, only at the body where it waits', () =>
  withDatabase(async (database) => {
    const { app, petra, juris, maria, school } = await atWork(database)
    const question = { edition: '2026', field: 'school', question: 'Kā sākt?' }
    const { request } = accepted(
      await askForAdvice(app, maria, { organisation: school.organisation, ...question })
    )
    const answer = { ...given, organisation: school.code, request }
    assert.deepEqual(whyNot(await bookAdvice(app, juris, { ...answer, body: 'lv-jspa' })), [
      'invalid',
      'request: directory.advice.request-elsewhere'
    ])
    accepted(await bookAdvice(app, petra, answer))
    assert.deepEqual(await waitingAt(database, 'lv-viaa'), [])
  }))

test('The answer that Petra writes goes to Maria by mail, and to nobody else', () =>
  withDatabase(async (database) => {
    const { app, petra, maria, school } = await atWork(database)
    const question = { edition: '2026', field: 'school', question: 'Kā sākt?' }
    const { request } = accepted(
      await askForAdvice(app, maria, { organisation: school.organisation, ...question })
    )
    const answer = 'Sāciet ar partnera meklēšanu.\n\nTad zvaniet.'
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code, request, answer }))
    const mail = await database
      .selectFrom('mail.message')
      .select(['person', 'content'])
      .where('kind', '=', 'directory.answer')
      .execute()
    assert.deepEqual(
      mail.map(({ person }) => person),
      [maria.person]
    )
    assert.deepEqual(mail[0]!.content?.paragraphs.slice(0, 2), [
      'Sāciet ar partnera meklēšanu.',
      'Tad zvaniet.'
    ])
    assert.deepEqual(whyNot(await bookAdvice(app, petra, { ...given, organisation: school.code, answer })), [
      'invalid',
      'answer: directory.advice.nobody-asked'
    ])
  }))

test('Petra may book for a colleague, not for a stranger; Ana books her own advice only', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, juris, ana, school } = await atWork(database)
    const about = { ...given, organisation: school.code }
    accepted(await bookAdvice(app, petra, { ...about, advisor: ieva.person }))
    assert.equal((await adviceBy(database, [ieva.person])).length, 1)
    const stranger = ['invalid', 'advisor: form.not-offered']
    assert.deepEqual(whyNot(await bookAdvice(app, petra, { ...about, advisor: juris.person })), stranger)
    assert.deepEqual(whyNot(await bookAdvice(app, ana, { ...about, advisor: ieva.person })), stranger)
    accepted(await bookAdvice(app, ana, about))
  }))

test('An officer of another body, a member and a stranger book nothing at VIAA', () =>
  withDatabase(async (database) => {
    const { app, juris, maria, nobody, school } = await atWork(database)
    const about = { ...given, organisation: school.code }
    for (const somebody of [juris, maria])
      assert.deepEqual(whyNot(await bookAdvice(app, somebody, about)), ['not-allowed'])
    assert.deepEqual(whyNot(await bookAdvice(app, nobody, about)), ['sign-in'])
  }))

test('What is missing, to come or unknown is said field by field', () =>
  withDatabase(async (database) => {
    const { app, petra, school } = await atWork(database)
    const why = async (more: object) =>
      whyNot(await bookAdvice(app, petra, { ...given, organisation: school.code, ...more }))
    assert.deepEqual(await why({ on: '2026-11-26' }), ['invalid', 'on: directory.advice.not-yet'])
    assert.deepEqual(await why({ organisation: 'KP-0000-0000' }), [
      'invalid',
      'organisation: directory.advice.no-organisation'
    ])
    assert.deepEqual(await why({ how: '', topic: '' }), [
      'invalid',
      'how: form.missing',
      'topic: form.missing'
    ])
    assert.deepEqual(await why({ action: 'no-such-action' }), ['invalid', 'action: form.not-offered'])
  }))

test('Petra cannot strike her own advice to be free to decide; Ieva can, with a reason', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, juris, school } = await atWork(database)
    const { advice } = accepted(await bookAdvice(app, petra, { ...given, organisation: school.code }))
    assert.deepEqual(whyNot(await strikeAdvice(app, petra, { advice, because: 'Kļūda' })), [
      'not-now',
      'directory.second.officer'
    ])
    assert.deepEqual(whyNot(await strikeAdvice(app, juris, { advice, because: 'Kļūda' })), ['not-allowed'])
    assert.deepEqual(whyNot(await strikeAdvice(app, ieva, { advice, because: ' ' })), [
      'invalid',
      'because: form.missing'
    ])
    accepted(await strikeAdvice(app, ieva, { advice, because: 'Ierakstīts nepareizai skolai' }))
    assert.deepEqual(await adviceBy(database, [petra.person]), [])
    const kept = await database.selectFrom('directory.advice').select('struck_because').execute()
    assert.deepEqual(kept, [{ struck_because: 'Ierakstīts nepareizai skolai' }])
  }))

test('Advice to a school that was merged into another bars its advisor from both, and the one that stayed sees it', () =>
  withDatabase(async (database) => {
    const { app, petra, ilze, maria, school } = await atWork(database)
    const other = accepted(
      await registerOrganisation(app, ilze, {
        name: 'Valmieras Viestura vidusskola',
        country: 'LV',
        type: 'school'
      })
    )
    accepted(await bookAdvice(app, petra, { ...given, organisation: other.code }))
    await database
      .updateTable('organisations.organisation')
      .set({ merged_into: school.organisation })
      .where('id', '=', other.organisation)
      .execute()
    const application = { action: 'small-scale-partnerships', edition: 2026 }
    for (const id of [school.organisation, other.organisation])
      assert.ok(await refusalOfAdvisor(database, petra.person, { ...application, organisations: [id] }))
    const seen = accepted(await adviceReceived(app, maria, school.organisation))
    assert.equal(seen.advice.length, 1)
  }))
