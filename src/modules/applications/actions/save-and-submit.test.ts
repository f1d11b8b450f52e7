import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { hashOfContent } from '../submission/manifest.ts'
import { contentOf } from '../submission/frozen-content.server.ts'
import { submissionsOf } from '../submission/submissions-store.server.ts'
import { saveAnswer } from './save-answer.ts'
import { takeBackApplication } from './take-back-application.ts'

const path = 'project.summary'

test('whoever writes while it is handed in, again and again, finds each word in what was handed in, or is told', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, address, application, maria } = consortium
    let seconds = 0
    const patient = { ...app, clock: () => app.clock().add({ seconds: (seconds += 10) }) }
    // The second window is at another server.
    const other = connect({ connectionString: address }, 'kopa-test')
    try {
      const servers = [patient, { ...patient, database: other }]
      let word = 0
      for (let round = 0; round < 8; round++) {
        const acknowledged: string[] = []
        const refused: string[] = []
        let over = false
        const { version: before } = (await answersOf(database, application.id)).get(path)!
        ok(
          await saveAnswer(patient, maria, application.code, path, { base: before, text: `Sākums ${round}.` })
        )
        const writing = servers.map(async (server, who) => {
          while (!over) {
            await setTimeout(3 + who * 5)
            const typed = ` r${round}w${word++}e${who}.`
            const delta = [[0, 0, typed]] as const
            const { version, text } = (await answersOf(database, application.id)).get(path)!
            // Below the limit of the question.
            if (text!.length > 2000) continue
            const saved = await saveAnswer(server, maria, application.code, path, {
              ...{ base: version, delta, save: randomUUID() }
            })
            if (!isRefused(saved)) acknowledged.push(typed)
            else {
              assert.equal(saved.problems[0]?.key, 'applications-writing.not-now.submitted')
              refused.push(typed)
            }
          }
        })
        await setTimeout(round * 7)
        // Who writes without a pause may keep it from being frozen: then the button is pressed again.
        let receipt = await handIn(consortium, maria)
        for (let press = 0; isRefused(receipt) && press < 30; press++) {
          assert.equal(receipt.refused, 'changed', JSON.stringify(receipt.problems))
          receipt = await handIn(consortium, maria)
        }
        await setTimeout(30)
        over = true
        await Promise.all(writing)
        const [submission] = await submissionsOf(database, application.id)
        const content = await contentOf(database, submission!.id)
        assert.equal(hashOfContent(content), ok(receipt).sha256)
        const frozen = String(content.answers[path])
        assert.equal(frozen, (await answersOf(database, application.id)).get(path)!.text)
        for (const typed of acknowledged)
          assert.ok(frozen.includes(typed), `${typed} was acknowledged and is lost`)
        for (const typed of refused) assert.ok(!frozen.includes(typed), `${typed} was refused and is there`)
        ok(await takeBackApplication(app, maria, application.code))
      }
    } finally {
      await other.destroy()
    }
  }))
