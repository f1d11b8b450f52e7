import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { cloneApplication } from '../actions/clone-application.ts'
import { coordinatorOf } from '../application.ts'
import { openDraft } from '../draft.server.ts'
import { type RemarksOn, noRemarksYet } from './remarks.ts'
import { remarksOnEarlier } from './remarks-on-earlier.server.ts'

test('Maria, who begins again, reads what assessors remarked on her answers; of partners only they do', () =>
  withConsortium(async ({ app, application, maria, jonas, elena, call, places, database }) => {
    const [own, partner] = application.participants.map(({ id }) => id)
    const asked: string[] = []
    const remarksOn: RemarksOn = async (earlier) => {
      asked.push(earlier)
      return new Map([
        [
          'project.summary',
          [
            { by: 1, text: 'Kam tas vajadzīgs?' },
            { by: 2, text: 'Skaidri.' }
          ]
        ],
        [`profile@${own}.background`, [{ by: 1, text: 'Īsi.' }]],
        [`profile@${partner}.background`, [{ by: 1, text: 'Gari.' }]],
        ['project.no-such-question', [{ by: 1, text: 'Zudis.' }]]
      ])
    }
    const begun = ok(
      await cloneApplication(app, maria, application.code, {
        ...{ call, action: 'cooperation-partnerships', field: 'school', language: 'lv' },
        ...{ organisation: places.mariasSchool, title: 'Lasīšanas tilti 2', form: randomUUID() }
      })
    )
    const draft = ok(await openDraft(app, maria, begun.code))
    const remarks = await remarksOnEarlier({ ...app, remarksOn }, draft)
    assert.deepEqual(asked, [application.id])
    assert.deepEqual(Object.fromEntries(remarks), {
      'project.summary': [
        { by: 1, text: 'Kam tas vajadzīgs?' },
        { by: 2, text: 'Skaidri.' }
      ],
      [`profile@${coordinatorOf(draft.outline).id}.background`]: [{ by: 1, text: 'Īsi.' }]
    })
    assert.equal((await remarksOnEarlier({ ...app, remarksOn: noRemarksYet }, draft)).size, 0)

    // Partners of the new one: Jonas was in the earlier one, Elena was not.
    const added = [
      [places.jonasSchool, jonas],
      [elena.acting && 'organisation' in elena.acting ? elena.acting.organisation : '', elena]
    ] as const
    for (const [position, [organisation]] of added.entries()) {
      await database
        .insertInto('applications.participant')
        .values({
          ...{ application: draft.outline.id, position: position + 1, role: 'partner', organisation },
          ...{ name: 'Skola', country: 'LT', state: 'accepted', added_by: maria.person }
        })
        .execute()
    }
    const read = async (who: typeof maria) =>
      (await remarksOnEarlier({ ...app, remarksOn }, ok(await openDraft(app, who, begun.code)))).size
    assert.deepEqual([await read(jonas), await read(elena)], [2, 0])

    // What was begun afresh asks nobody.
    const first = ok(await openDraft(app, maria, application.code))
    assert.equal((await remarksOnEarlier({ ...app, remarksOn }, first)).size, 0)
    assert.ok(asked.every((id) => id === application.id))
  }))
