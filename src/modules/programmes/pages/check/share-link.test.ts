import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { draftFromFile, emptyPartner, fileFromDraft, type Draft } from './draft.ts'
import { longestLink, packed, unpacked } from './share-link.ts'

const partner = (number: number) => ({
  ...emptyPartner(number === 0 ? 'coordinator' : 'partner'),
  name: `Organisation ${number * 7919} of the ${'ABCDEFGHIJ'[number % 10]} shore`,
  country: ['Latvia', 'Estonia', 'Norway', 'Ukraine'][number % 4]!,
  type: 'school',
  charter: 'yes',
  establishedOn: '1999-05-04'
})
const draft = (partners: number): Draft => ({
  edition: '2026',
  action: '',
  field: 'school',
  durationMonths: '24',
  grantEur: 'a lot',
  partners: Array.from({ length: partners }, (_, number) => partner(number)),
  answers: { topic: '1', activities: ['a', 'b'], ready: 'yes' }
})

test('a link brings back the form as it was typed, what cannot be read too', async () => {
  const before = draft(3)
  const shared = await unpacked((await packed(fileFromDraft(before)))!)
  assert.deepEqual(draftFromFile(shared!.value, 'en', { edition: '2026', action: '' }), before)
})

test('a link made in English opens with Latvian names of countries', async () => {
  const shared = await unpacked((await packed(fileFromDraft(draft(2))))!)
  const opened = draftFromFile(shared!.value, 'lv', { edition: '2026', action: '' })
  assert.deepEqual(
    opened.partners.map(({ country }) => country),
    ['Latvija', 'Igaunija']
  )
})

test('two hundred partners fit in a link', async () => {
  const link = await packed(fileFromDraft(draft(200)))
  assert.ok(link !== undefined && link.length < longestLink, `${link?.length}`)
})

test('no link is made that servers would refuse', async () => {
  let seed = 1
  const noise = () => String.fromCharCode(33 + ((seed = (seed * 48271) % 2147483647) % 90))
  const loud = Array.from({ length: 200 }, () => Array.from({ length: 300 }, noise).join(''))
  assert.equal(await packed({ partners: loud.map((name) => ({ name })) }), undefined)
})

test('a damaged link is told, never thrown', async () => {
  const link = (await packed(fileFromDraft(draft(3))))!
  for (const bad of ['', 'a', '!!!', link.slice(0, -9), `x${link}`, 'A'.repeat(longestLink + 1)]) {
    assert.equal(await unpacked(bad), undefined, bad.slice(0, 20))
  }
})

test('a link that unpacks to many megabytes is not unpacked to its end', async (t) => {
  let unpackedBytes = 0
  const Whole = globalThis.DecompressionStream
  t.after(() => (globalThis.DecompressionStream = Whole))
  // What is unpacked, counted.
  globalThis.DecompressionStream = class extends Whole {
    override readonly readable = super.readable.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(part, to) {
          unpackedBytes += part.byteLength
          to.enqueue(part)
        }
      })
    )
  }
  const bomb = deflateRawSync(Buffer.alloc(15_000_000, 32)).toString('base64url')
  assert.ok(bomb.length < longestLink, `${bomb.length}`)
  assert.equal(await unpacked(bomb), undefined)
  assert.ok(unpackedBytes > 1_000_000 && unpackedBytes < 3_000_000, `${unpackedBytes}`)
})
