import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { begunBeside, comesBack } from './begun.ts'

const shown = { tasks: 'Raksta.\nLasa.', reason: '', functions: ['library', 'museum'], agree: [] }

suite('what was begun beside what was sent', () => {
  test('is what differs from what the page shows, whatever ends its lines', () => {
    const typed = { tasks: 'Raksta.\r\nLasa.', reason: 'Tāpēc', functions: ['library', 'museum'] }
    assert.deepEqual(begunBeside(typed, shown), { reason: 'Tāpēc' })
    assert.deepEqual(begunBeside(typed, shown, ['reason']), {})
  })

  test('a box that was unticked is begun, too; a field that does not stand on the page is not', () => {
    assert.deepEqual(begunBeside({ functions: 'library' }, shown), { functions: 'library' })
    assert.deepEqual(begunBeside({}, shown), { functions: [] })
    assert.deepEqual(begunBeside({ functions: ['library', 'museum'], odd: 'x' }, shown), {})
  })

  test('comes back with nothing to settle, and where there is nothing the page goes on', () => {
    assert.deepEqual(comesBack({ reason: 'Tāpēc' })?.problems, [])
    assert.equal(comesBack({}), undefined)
  })
})
