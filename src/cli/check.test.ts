import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { root } from '../configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-check-'))
after(() => rmSync(folder, { recursive: true }))

const alliance = `
action: knowledge-alliances
callYear: 2017
durationMonths: 36
grantEur: 980000
partners:
  - { name: A, country: LV, type: higher-education-institution, role: coordinator, charter: true }
  - { name: B, country: EE, type: higher-education-institution, role: partner, charter: true }
  - { name: C, country: NO, type: enterprise, role: partner }
  - { name: D, country: LV, type: enterprise, role: partner }
  - { name: E, country: LV, type: ngo, role: partner }
  - { name: F, country: LV, type: ngo, role: partner }
`
const without = (line: RegExp) => alliance.replace(line, '')

function kopa(content: string, ...args: string[]) {
  const file = join(folder, `${Math.random()}.yaml`)
  writeFileSync(file, content)
  return spawnSync(join(root, 'kopa'), ['check', file, '--lang', 'en', ...args], { encoding: 'utf8' })
}

suite('./kopa check', () => {
  test('tells an eligible consortium so, with status 0', () => {
    const { status, stdout } = kopa(alliance)
    assert.equal(status, 0)
    assert.match(stdout, /Eligible/)
  })
  test('tells what is missing and the fewest changes, with status 1', () => {
    const { status, stdout } = kopa(without(/.*name: F.*\n/))
    assert.equal(status, 1)
    assert.match(stdout, /Found 5; needed: at least 6/)
    assert.match(stdout, /Add an organisation/)
  })
  test('an open question is named, with status 2', () => {
    const { status, stdout } = kopa(without(/durationMonths.*\n/))
    assert.equal(status, 2)
    assert.match(stdout, /the duration in months/)
  })
  test('answers a machine in the published shape, and a list for several actions', () => {
    const one = JSON.parse(kopa(alliance, '--json').stdout)
    assert.deepEqual([one.action, one.edition, one.answer], ['knowledge-alliances', 2017, 'eligible'])
    assert.deepEqual(Object.keys(one.rules[0].reason).sort(), ['en', 'lv'])
    const several = kopa(without(/action: .*\n/), '--json')
    assert.ok(Array.isArray(JSON.parse(several.stdout)))
    assert.equal(several.status, 0)
  })
  test('flags beat the file', () => {
    const { stdout } = kopa(alliance, '--action', 'strategic-partnerships', '--edition', '2015', '--json')
    const answer = JSON.parse(stdout)
    assert.deepEqual([answer.action, answer.edition], ['strategic-partnerships', 2015])
  })
  test('a file that cannot be read is 65, wrong use is 64', () => {
    assert.equal(kopa('partners: [').status, 65)
    assert.equal(spawnSync(join(root, 'kopa'), ['check', join(folder, 'nowhere')]).status, 65)
    assert.equal(spawnSync(join(root, 'kopa'), ['check']).status, 64)
    assert.equal(kopa(alliance, '--action', 'no-such-action').status, 64)
  })
  test('speaks Latvian when asked', () => {
    assert.match(kopa(alliance, '--lang', 'lv').stdout, /Drīkst pieteikties/)
  })
})
