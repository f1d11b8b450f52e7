import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getDocumentProxy } from 'unpdf'
import { insideOf, pagesOf } from '#shared/documents/pdf-inside.fixture.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { anonymousPaperFor, paperFor } from './one-paper.server.ts'
import { type ContentShown, contentOfApplication } from './reads.ts'

// Where a name could stand: people, organisations, addresses and numbers, each with what must not be left of it.
const planted = {
  organisations: ['Mārupes', 'Vilniaus', 'Turun lukio', 'Escola de Évora'],
  people: ['Ozola', 'Kazlauskas', 'Bērziņa', 'Virtanen', 'direktore'],
  addresses: ['marta@', 'marupesskola', '26 123 456', 'E10012345', '949393939', 'LV MARUPE01'],
  files: ['CV-Marta', 'abababab']
}
const names = Object.values(planted).flat()

const said = [
  'Mārupes pamatskola, VILNIAUS GIMNAZIJA un Turun lukio; agrāk arī Escola de Évora.',
  'Raksta Marta Ozola (marta@marupesskola.lv, +371 26 123 456), Jonas Kazlauskas, Zane Bērziņa.',
  'E10012345, PIC 949393939, LV MARUPE01, https://marupesskola.lv/par-mums'
].join('\n')

/** The same content, with everybody named wherever one can be. */
function naming(shown: ContentShown): ContentShown {
  const { content } = shown
  const profile = Object.keys(content.answers)
    .find((path) => path.endsWith('.staff'))!
    .replace(/\.staff$/, '')
  const answers = Object.fromEntries(
    Object.entries(content.answers).map(([path, given]) => [
      path,
      typeof given === 'string' && given.includes(' ') ? `${given}\n${said}` : given
    ])
  )
  return {
    ...shown,
    organisations: [...shown.organisations, 'Escola de Évora'],
    content: {
      ...content,
      title: 'Mārupes pamatskola lasa',
      answers: {
        ...answers,
        [`${profile}.staff`]: [
          { name: 'Zane Bērziņa', position: 'skolotāja', tasks: said },
          { name: 'Aino Virtanen', tasks: 'Aino Virtanen vada.' }
        ],
        [`${profile}.contact`]: 'Marta Ozola, direktore',
        'annexes.timetable': {
          ...{ file: 'f-1', name: 'CV-Marta.pdf', size: 1, pages: 2, sha256: 'ab'.repeat(32) }
        }
      },
      budget: (content.budget as { title: string }[]).map((line) => ({ ...line, title: said }))
    }
  }
}

test('of everybody who is named in an application, nothing is left on the paper for assessors', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria } = consortium
    const { number } = ok(await handIn(consortium, maria))
    const shown = naming(ok(await contentOfApplication(app, maria, application.code, number)))
    const paper = ok(await anonymousPaperFor(app, maria, shown))
    assert.match(paper.headers.get('content-disposition')!, /-1-anonymous\.pdf"$/)
    assert.equal(paper.headers.get('cache-control'), 'private, no-store')
    const pdf = new Uint8Array(await paper.arrayBuffer())

    const everything = await allIn(pdf)
    assert.match(everything, /1\. organizācija|Organizācija 1/)
    for (const name of [...names, shown.hash])
      assert.ok(!everything.toLocaleLowerCase().includes(name.toLocaleLowerCase()), name)
    // It says the rest: answers, sums, and which one it is.
    assert.match(everything, /120[\s\u00a0]000[\s\u00a0]EUR/)
    assert.match(everything, /Iesniegts, Nr\.[\s\u00a0]1/)
    assert.match(everything, /Ir pievienots fails/)
  }))

test('whoever has both gets two files: neither is made of the other', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria } = consortium
    const { number } = ok(await handIn(consortium, maria))
    const shown = ok(await contentOfApplication(app, maria, application.code, number))
    const whole = ok(await paperFor(app, { person: maria.person, known: null }, shown))
    assert.match(await allIn(new Uint8Array(await whole.arrayBuffer())), /Mārupes pamatskola/)
    const anonymous = ok(await anonymousPaperFor(app, maria, shown))
    assert.doesNotMatch(await allIn(new Uint8Array(await anonymous.arrayBuffer())), /Mārupes|Ozola/)
    const both = await Promise.all([1, 2].map(() => anonymousPaperFor(app, maria, shown)))
    assert.deepEqual(
      both.map((one) => (isRefused(one) ? one.refused : 'a PDF')),
      ['a PDF', 'too-often']
    )
  }))

/** All that can be read out of a file: its pages, bookmarks, properties, and each object as it stands, opened. */
async function allIn(pdf: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 })
  const [pages, outline, properties] = await Promise.all([
    pagesOf(pdf),
    document.getOutline(),
    document.getMetadata()
  ])
  const { objects, metadata } = insideOf(pdf)
  const opened = objects.flatMap(({ says, stream }) => {
    const bytes = stream ?? Buffer.alloc(0)
    const utf16 = Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
    return [says, bytes.toString('latin1'), bytes.toString('utf8'), utf16.toString('utf16le')]
  })
  return [
    ...pages.map(({ text }) => text),
    JSON.stringify(outline),
    JSON.stringify(properties.info),
    metadata,
    ...opened
  ].join('\n')
}
