import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { endRole, rolesIn } from '#server/people'
import { isRefused } from '#shared/forms/refused.ts'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { personActing } from '../../../../tests/cast/cast.ts'
import {
  type ConsortiumAtWork,
  codeOf,
  consortiumAtWork,
  erased,
  linkMailedTo,
  mailed,
  mergedByPetra
} from '../../../../tests/cast/consortium-at-work.ts'
import { accessOf } from '../access.ts'
import { acceptMandateByLink } from '../actions/accept-mandate-by-link.ts'
import { acceptMandate } from '../actions/accept-mandate.ts'
import { declineParticipation } from '../actions/decline-participation.ts'
import { giveTask } from '../actions/give-task.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { removeParticipant } from '../actions/remove-participant.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { sendInvitationAgain } from '../actions/send-invitation-again.ts'
import { startApplication } from '../actions/start-application.ts'
import { writeComment } from '../actions/write-comment.ts'
import { tasksForMe } from '../reads.ts'
import { consortiumAtWork as consortiumRead } from './reads.ts'
import { warnOfLimits } from './warn-of-limits.server.ts'

const agreed = { text: 'partner-1', agree: 'yes' }
const rita = { ...agreed, name: 'Rita Sousa', position: 'Directora' }
const byMail = { name: 'Escola de Évora', country: 'PT', email: 'rita@example.pt', language: 'en' }

async function elenaAsked(at: ConsortiumAtWork) {
  const given = { organisation: await codeOf(at, at.elena), role: 'partner' }
  return ok(await inviteParticipant(at.app, at.maria, at.application.code, given)).participant
}

suite('partners that vanish', () => {
  test('Jonas leaves in the middle of a sentence: it is refused, and nothing of the draft waits for him', () =>
    consortiumAtWork(async (at) => {
      const { app, application, maria, jonas } = at
      const path = `profile@${application.participants[1]!.id}.background`
      ok(await saveAnswer(app, jonas, application.code, path, { base: 0, text: 'Mūsu skola' }))
      ok(await giveTask(app, maria, application.code, { path, person: jonas.person }))
      const mentions = [jonas.person]
      ok(await writeComment(app, maria, application.code, { path, text: 'Jona, vai būs?', mentions }))
      assert.equal(ok(await tasksForMe(app, jonas)).length, 2)
      ok(await declineParticipation(app, jonas, application.code, {}))
      const late = await saveAnswer(app, jonas, application.code, path, { base: 1, text: 'Mūsu skola ir' })
      assert.ok(isRefused(late) && late.refused === 'not-found')
      assert.deepEqual(ok(await tasksForMe(app, jonas)), [])
    }))

  test('whoever signed for Elena’s school is erased: the mandate stands, Maria writes its part, a new head leaves', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, database, application, maria, elena, places } = at
      const participant = await elenaAsked(at)
      ok(await acceptMandate(holding, elena, application.code, agreed, 'lv'))
      await erased(at, elena)
      const view = ok(await consortiumRead(app, maria, application.code, 'lv'))
      assert.equal(view.participants.find(({ id }) => id === participant)!.mandateState, 'given')
      const path = `profile@${participant}.background`
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Licejs Turīnā.' }))
      const role = { role: 'representative', organisation: places.elenasSchool } as const
      const head = await personActing(database, { name: 'Enrico Bianchi', role })
      ok(await declineParticipation(app, head, application.code, {}))
    }))

  test('whoever was asked is erased before answering: Maria mails a link instead', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, application, maria, elena, nobody, now } = at
      const participant = await elenaAsked(at)
      await erased(at, elena)
      const again = (given: object) =>
        sendInvitationAgain(app, maria, application.code, { participant, given })
      assert.deepEqual(whyNot(await again({})), ['invalid', 'email: form.missing'])
      assert.deepEqual(ok(await again({ email: byMail.email })), { sent: 'mail' })
      const link = await linkMailedTo(at, byMail.email)
      ok(await acceptMandateByLink(holding, nobody, link, rita, 'en'))
      assert.equal((await now()).participants.find(({ id }) => id === participant)!.state, 'accepted')
    }))

  test('Maria, who asked, is erased: her colleague who signs hears what came of it', () =>
    consortiumAtWork(async (at) => {
      const { holding, database, application, maria, elena, places } = at
      await elenaAsked(at)
      const role = { role: 'representative', organisation: places.mariasSchool } as const
      await personActing(database, { name: 'Dace Direktore', role })
      await erased(at, maria)
      ok(await acceptMandate(holding, elena, application.code, agreed, 'lv'))
      assert.deepEqual(await mailed(at, 'applications.partner-accepted'), ['dace.direktore@example.org'])
    }))
})

suite('organisations that are one', () => {
  test('a partner becomes the coordinator’s own record: its people coordinate, and the second place is taken out', () =>
    consortiumAtWork(async (at) => {
      const { app, application, maria, jonas, places, now } = at
      await mergedByPetra(at, places.mariasSchool, places.jonasSchool)
      const moved = { ...jonas, roles: maria.roles, acting: maria.acting }
      assert.equal(ok(accessOf(await now(), moved)).participant.role, 'coordinator')
      const view = ok(await consortiumRead(app, maria, application.code, 'lv'))
      const second = view.participants[1]!
      assert.equal(second.sameAs, view.participants[0]!.name)
      ok(await removeParticipant(app, maria, application.code, { participant: second.id, given: {} }))
      assert.equal((await now()).participants.length, 1)
    }))

  test('Elena’s school is asked by register and by mail: letters that only look alike do not make it two', () =>
    consortiumAtWork(async (at) => {
      const { app, application, maria } = at
      await elenaAsked(at)
      // Spaces, capitals, a soft hyphen, a joiner of nothing, and the о of another alphabet.
      for (const name of [
        'LICEO  di torino',
        'Liceo di Tor\u00adino',
        'Liceo\u200d di Torino',
        'Liceo di Tоrinо'
      ]) {
        const given = { ...byMail, name, country: 'IT', role: 'partner' }
        const twice = await inviteParticipant(app, maria, application.code, given)
        assert.deepEqual(whyNot(twice), ['invalid', 'name: applications-consortium.problem.already-in'], name)
      }
    }))

  test('asked by mail first, Elena’s school says in its account that it is there already', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, application, maria, elena } = at
      const given = { ...byMail, name: 'Licejs', country: 'IT', role: 'partner' }
      ok(await inviteParticipant(app, maria, application.code, given))
      await elenaAsked(at)
      const link = await linkMailedTo(at, byMail.email)
      const twice = await acceptMandateByLink(holding, elena, link, { ...rita, own: 'yes' }, 'en')
      assert.deepEqual(whyNot(twice), ['invalid', 'own: applications-consortium.problem.already-in'])
    }))
})

test('an address is taken without what nobody sees, and not with letters that are another’s', () =>
  consortiumAtWork(async (at) => {
    const { app, application, maria } = at
    const asked = (email: string) =>
      inviteParticipant(app, maria, application.code, { ...byMail, role: 'partner', email })
    for (const email of ['ritа@example.pt', 'rita@exаmple.pt', 'rita@εxample.pt'])
      assert.deepEqual(whyNot(await asked(email)), ['invalid', 'email: form.mixed-letters'], email)
    for (const email of ['rita\u200d@example.pt', 'rita\u3164@example.pt', 'rita@exam ple.pt'])
      assert.deepEqual(
        whyNot(await asked(email)),
        ['invalid', 'email: form.not-an-email'],
        JSON.stringify(email)
      )
    ok(await asked(' \u200bRi\u00adta@Example.PT\ufeff'))
    assert.deepEqual(await mailed(at, 'applications.invitation'), ['Rita@example.pt'])
  }))

test('the eleventh application of a deadline is told to the partner three weeks ahead, and to whoever comes later', () =>
  consortiumAtWork(async (at) => {
    const { app, database, maria, call, places, application } = at
    const codes = [application.code]
    for (let turn = 0; turn < 10; turn++) {
      const begun = { call, action: 'cooperation-partnerships', field: 'school', language: 'lv' }
      const given = { ...begun, organisation: places.mariasSchool, title: `Pieteikums ${turn}` }
      codes.push(ok(await startApplication(app, maria, given)).code)
    }
    await database
      .insertInto('applications.participant')
      .columns(['application', 'position', 'role', 'organisation', 'name', 'country', 'state', 'added_by'])
      .expression((select) =>
        select
          .selectFrom('applications.application as a')
          .select((to) => [
            'a.id',
            to.lit(2).as('position'),
            to.val('partner').as('role'),
            to.val(places.elenasSchool).as('organisation'),
            to.val('Liceo di Torino').as('name'),
            to.val('IT').as('country'),
            to.val('accepted').as('state'),
            to.val(maria.person).as('added_by')
          ])
      )
      .execute()
    const soon = app
      .clock()
      .add({ hours: 24 * 20 })
      .toString()
    await database.updateTable('calls.call').set({ closes_at: soon }).execute()
    // Nobody works there any more just then.
    for (const { held } of await rolesIn(database, { organisation: places.elenasSchool }))
      await endRole(database, held.id)
    await warnOfLimits(app)
    const told = async () =>
      (await mailed(at, 'applications.over-limit')).filter((to) => to.startsWith('enrico'))
    assert.deepEqual(await told(), [])
    const role = { role: 'representative', organisation: places.elenasSchool } as const
    await personActing(database, { name: 'Enrico Bianchi', role })
    await warnOfLimits(app)
    await warnOfLimits(app)
    assert.deepEqual(await told(), ['enrico.bianchi@example.org'])
    const { content } = await database
      .selectFrom('mail.message')
      .select('content')
      .where('kind', '=', 'applications.over-limit')
      .where('recipient', '=', 'enrico.bianchi@example.org')
      .executeTakeFirstOrThrow()
    for (const code of codes) assert.ok(JSON.stringify(content).includes(code))
  }))
