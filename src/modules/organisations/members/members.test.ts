import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { rolesOf, rolesToCome } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type SignedIn, nobody } from '#shared/identity/index.ts'
import { callerAgain, castOf, personActing } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { acceptInvitation } from '../actions/accept-invitation.ts'
import { answerRequest } from '../actions/answer-request.ts'
import { appointRepresentative } from '../actions/appoint-representative.ts'
import { askToJoin } from '../actions/ask-to-join.ts'
import { endMembership } from '../actions/end-membership.ts'
import { inviteMember } from '../actions/invite-member.ts'
import { leaveOrganisation } from '../actions/leave-organisation.ts'
import { nameSubstitute } from '../actions/name-substitute.ts'
import { withdrawInvitation } from '../actions/withdraw-invitation.ts'
import { withdrawRequest } from '../actions/withdraw-request.ts'
import { appOf, done, registered } from '../organisations.fixture.ts'
import { showInvitation } from '../reads.ts'
import { showDesk, showMembers } from '../reads.server.ts'

const now = Temporal.Instant.from('2026-11-25T12:00:00Z')
const app = (database: Database, at = now) => ({ ...appOf(database), clock: () => at })
const reason = 'Esmu direktore; mans vārds ir skolas tīmekļvietnē.'

/** Maria's school, with Maria who may sign for it, and Ilze who has an account. */
async function scene(database: Database) {
  const cast = await castOf(database)
  const { organisation } = await registered(database, cast.maria)
  return {
    ...cast,
    id: organisation,
    maria: await callerAgain(database, cast.maria).then(acting(organisation))
  }
}

/** The same person, acting in their role in an organisation. */
const acting = (organisation: string) => (caller: SignedIn) => ({
  ...caller,
  acting: caller.roles.findLast((role) => 'organisation' in role && role.organisation === organisation)
})

async function mails(database: Database) {
  const rows = await database
    .selectFrom('mail.message')
    .select(['kind', 'recipient', 'language', 'content'])
    .orderBy('queued_at')
    .orderBy('id')
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, href: content?.link?.href ?? '' }))
}

const secretIn = (href: string) => href.split('/').at(-1)!
suite('Inviting', () => {
  test('Maria invites Ilze by mail; Ilze opens the link and works there', () =>
    withDatabase(async (database) => {
      const { maria, ilze, id } = await scene(database)
      done(
        await inviteMember(app(database), maria, id, { email: 'Ilze.Berzina@Example.org', role: 'member' })
      )
      const [mail] = await mails(database)
      assert.deepEqual([mail!.kind, mail!.language], ['organisations.invitation', 'lv'])
      const secret = secretIn(mail!.href)
      assert.equal((await showInvitation({ database }, secret))?.organisation, id)
      const { role } = done(await acceptInvitation({ database }, ilze, secret))
      assert.deepEqual(
        (await rolesOf(database, ilze.person)).map(({ held }) => held),
        [{ id: role, role: 'member', organisation: id }]
      )
      const again = await acceptInvitation({ database }, ilze, secret)
      assert.ok(isRefused(again) && again.problems[0]?.key === 'organisations.invitation.over')
      assert.equal(await showInvitation({ database }, secret), undefined)
    }))

  test('whoever has the link has read the mail: the address of the account may be another, and that is on record', () =>
    withDatabase(async (database) => {
      const { maria, jonas, id } = await scene(database)
      done(await inviteMember(app(database), maria, id, { email: 'skola@example.lv', role: 'member' }))
      const [mail] = await mails(database)
      done(await acceptInvitation({ database }, jonas, secretIn(mail!.href)))
      const entry = await database
        .selectFrom('audit.entry')
        .select('payload')
        .where('act', '=', 'organisations.invitation-accepted')
        .executeTakeFirstOrThrow()
      assert.equal((entry.payload as { sameAddress: boolean }).sameAddress, false)
    }))

  test('an expired link, one taken back, one replaced by a newer invitation and an invented one open nothing', () =>
    withDatabase(async (database) => {
      const { maria, ilze, id } = await scene(database)
      const invite = async () => {
        const { invitation } = done(
          await inviteMember(app(database), maria, id, { email: 'a@example.lv', role: 'member' })
        )
        return { invitation, secret: secretIn((await mails(database)).at(-1)!.href) }
      }
      const first = await invite()
      const second = await invite()
      done(await withdrawInvitation({ database }, maria, id, second.invitation))
      const third = await invite()
      await database
        .updateTable('organisations.invitation')
        .set({ withdrawn_at: null })
        .where('id', '=', third.invitation)
        .execute()
      const { sql } = await import('kysely')
      await sql`update organisations.invitation set expires_at = clock_timestamp() - interval '1 second' where id = ${third.invitation}`.execute(
        database
      )
      for (const secret of [first.secret, second.secret, third.secret, 'invented']) {
        const outcome = await acceptInvitation({ database }, ilze, secret)
        assert.ok(isRefused(outcome) && outcome.refused === 'not-now')
      }
      assert.deepEqual(await rolesOf(database, ilze.person), [])
    }))

  test('a member invites members, but nobody who may sign; others invite nobody', () =>
    withDatabase(async (database) => {
      const { id, jonas, petra } = await scene(database)
      const member = await personActing(database, {
        name: 'Dace Kļava',
        role: { role: 'member', organisation: id }
      })
      done(await inviteMember(app(database), member, id, { email: 'a@example.lv', role: 'member' }))
      for (const [who, role] of [
        [member, 'representative'],
        [jonas, 'member'],
        [petra, 'member'],
        [nobody, 'member']
      ] as const)
        assert.ok(isRefused(await inviteMember(app(database), who, id, { email: 'b@example.lv', role })))
      const wrong = await inviteMember(app(database), member, id, {
        email: 'nav adrese',
        role: 'owner',
        from: '2027-01-10',
        until: '2027-01-01'
      })
      assert.ok(isRefused(wrong))
      assert.deepEqual(
        wrong.problems.map(({ field }) => field),
        ['email', 'role']
      )
    }))
})

suite('Asking to join', () => {
  test('Ilze asks, Maria accepts, and both get a mail in their language', () =>
    withDatabase(async (database) => {
      const { maria, ilze, jonas, id } = await scene(database)
      const { request, deciders } = done(await askToJoin(app(database), ilze, id, { role: 'member', reason }))
      assert.equal(deciders, 'members')
      const [told] = await mails(database)
      assert.deepEqual([told!.kind, told!.recipient], ['organisations.request', 'maria.ozola@example.org'])
      const shown = await showMembers(app(database), maria, id)
      assert.ok(!isRefused(shown))
      assert.deepEqual(
        shown.requests.map(({ name, reason, mayAnswer }) => [name, reason, mayAnswer]),
        [['Ilze Bērziņa', reason, true]]
      )
      assert.ok(isRefused(await showMembers(app(database), jonas, id)))
      done(await answerRequest(app(database), maria, request, { decision: 'accepted' }))
      assert.equal((await rolesOf(database, ilze.person))[0]?.held.role, 'member')
      assert.equal((await mails(database)).at(-1)!.kind, 'organisations.accepted')
    }))

  test('where nobody is left, officers of the body that looks after it decide, on evidence', () =>
    withDatabase(async (database) => {
      const { maria, ilze, petra, ana, id } = await scene(database)
      assert.deepEqual(done(await leaveOrganisation({ database }, maria, id)), { left: 0 })
      const { request, deciders } = done(
        await askToJoin(app(database), ilze, id, { role: 'representative', reason })
      )
      assert.equal(deciders, 'officers')
      assert.deepEqual(
        (await mails(database)).map(({ recipient }) => recipient),
        ['petra.liepa@example.org']
      )
      const desk = await showDesk(app(database), petra)
      assert.ok(!isRefused(desk) && desk.requests.length === 1)
      assert.ok(isRefused(await showDesk(app(database), ana)))
      const elsewhere = await personActing(database, {
        name: 'Aire Tamm',
        role: { role: 'officer', body: 'ee-harno' }
      })
      const desks = await showDesk(app(database), elsewhere)
      assert.ok(!isRefused(desks) && desks.requests.length === 0)
      const notTheirs = await answerRequest(app(database), elsewhere, request, {
        decision: 'accepted',
        answer: 'x'
      })
      assert.ok(isRefused(notTheirs) && notTheirs.refused === 'not-allowed')
      const without = await answerRequest(app(database), petra, request, { decision: 'accepted' })
      assert.ok(isRefused(without) && without.problems[0]?.key === 'organisations.problem.evidence')
      done(
        await answerRequest(app(database), petra, request, {
          decision: 'accepted',
          answer: 'Iecelšanas rīkojums.'
        })
      )
      assert.equal((await rolesOf(database, ilze.person))[0]?.held.role, 'representative')
    }))

  test('officers leave it to those who are there, until nobody answered for two weeks', () =>
    withDatabase(async (database) => {
      const { ilze, petra, id } = await scene(database)
      const { request } = done(await askToJoin(app(database), ilze, id, { role: 'member', reason }))
      const answer = { decision: 'declined', answer: 'Nav zināma.' }
      const early = await answerRequest(app(database, Temporal.Now.instant()), petra, request, answer)
      assert.ok(isRefused(early) && early.refused === 'not-allowed')
      const later = Temporal.Now.instant().add({ hours: 15 * 24 })
      done(await answerRequest(app(database, later), petra, request, answer))
      assert.deepEqual(await rolesOf(database, ilze.person), [])
    }))

  test('nobody asks twice at once, answers their own request, or learns of others’', () =>
    withDatabase(async (database) => {
      const { maria, ilze, jonas, id } = await scene(database)
      const { request } = done(await askToJoin(app(database), ilze, id, { role: 'member', reason }))
      const twice = await askToJoin(app(database), ilze, id, { role: 'member', reason })
      assert.ok(isRefused(twice) && twice.problems[0]?.key === 'organisations.joining.waiting')
      const there = await askToJoin(app(database), maria, id, { role: 'member', reason })
      assert.ok(isRefused(there) && there.problems[0]?.key === 'organisations.joining.already')
      for (const who of [ilze, jonas])
        assert.ok(
          isRefused(await answerRequest(app(database), who, request, { decision: 'accepted', answer: 'x' }))
        )
      assert.ok(isRefused(await withdrawRequest({ database }, jonas, request)))
      assert.ok(isRefused(await answerRequest(app(database), maria, 'no id', { decision: 'accepted' })))
      done(await withdrawRequest({ database }, ilze, request))
      assert.ok(isRefused(await answerRequest(app(database), maria, request, { decision: 'accepted' })))
      done(await askToJoin(app(database), ilze, id, { role: 'member', reason }))
    }))

  test('two who answer at once: one of them is told that there is nothing left to answer', () =>
    withDatabase(async (database) => {
      const { maria, ilze, id } = await scene(database)
      const { request } = done(await askToJoin(app(database), ilze, id, { role: 'member', reason }))
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () =>
          answerRequest(app(database), maria, request, { decision: 'accepted' })
        )
      )
      assert.equal(outcomes.filter((outcome) => !isRefused(outcome)).length, 1)
      assert.equal((await rolesOf(database, ilze.person)).length, 1)
    }))
})

suite('Being there', () => {
  test('Maria lets Dace sign; later Dace ends, and is told why', () =>
    withDatabase(async (database) => {
      const { maria, id } = await scene(database)
      const dace = await personActing(database, {
        name: 'Dace Kļava',
        role: { role: 'member', organisation: id }
      })
      assert.ok(
        isRefused(await appointRepresentative({ database }, dace, id, dace.person)),
        'nobody appoints themselves'
      )
      const { role } = done(await appointRepresentative({ database }, maria, id, dace.person))
      assert.deepEqual(
        (await rolesOf(database, dace.person)).map(({ held }) => held.role),
        ['representative']
      )
      done(await endMembership(app(database), maria, id, { role, given: { reason: 'Beidza darbu.' } }))
      assert.deepEqual(await rolesOf(database, dace.person), [])
      assert.deepEqual(
        (await mails(database)).map(({ kind }) => kind),
        ['organisations.representative', 'organisations.ended']
      )
    }))

  test('a stand-in signs from one day to another, and no longer than whom they stand in for', () =>
    withDatabase(async (database) => {
      const { maria, id } = await scene(database)
      const dace = await personActing(database, {
        name: 'Dace Kļava',
        role: { role: 'member', organisation: id }
      })
      const days = { person: dace.person, from: '2099-12-01', until: '2099-12-24' }
      const { role } = done(await nameSubstitute(app(database), maria, id, days))
      const [coming] = await rolesToCome(database, id)
      assert.deepEqual(
        [coming!.held.id, coming!.from.toString(), coming!.until!.toString(), coming!.insteadOf],
        [role, '2099-11-30T23:00:00Z', '2099-12-24T23:00:00Z', maria.acting!.id]
      )
      const again = await nameSubstitute(app(database), maria, id, {
        ...days,
        from: '2099-12-20',
        until: '2099-12-30'
      })
      assert.ok(isRefused(again) && again.problems[0]?.field === 'from')
      for (const wrong of [
        { ...days, until: '2099-11-01' },
        { ...days, from: '2020-01-01', until: '2020-01-02' },
        { ...days, person: maria.person },
        { ...days, person: 'Dace' },
        { ...days, from: '2099-02-30' }
      ])
        assert.ok(isRefused(await nameSubstitute(app(database), maria, id, wrong)), JSON.stringify(wrong))
      done(await leaveOrganisation({ database }, maria, id))
      assert.deepEqual(await rolesToCome(database, id), [])
    }))

  test('a stand-in signs today, and appoints nobody for longer', () =>
    withDatabase(async (database) => {
      const { maria, id } = await scene(database)
      const dace = await personActing(database, {
        name: 'Dace Kļava',
        role: { role: 'member', organisation: id }
      })
      done(
        await nameSubstitute(app(database), maria, id, {
          person: dace.person,
          from: '2020-01-01',
          until: '2099-12-24'
        })
      )
      const standing = await callerAgain(database, dace)
      const role = standing.roles.find(({ role }) => role === 'representative')!
      const instead = { ...standing, acting: role }
      assert.ok(isRefused(await appointRepresentative({ database }, instead, id, dace.person)))
      assert.ok(
        isRefused(
          await nameSubstitute(app(database), instead, id, {
            person: maria.person,
            from: '2099-01-01',
            until: '2099-02-01'
          })
        )
      )
    }))
})
