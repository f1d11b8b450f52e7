import assert from 'node:assert/strict'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, afterEach, before, suite, test } from 'node:test'
import { Refusal } from '#shared/operating/refusal.ts'
import { type UnreadableFont, fontFamilies, useFonts } from './fonts.ts'
import { projectFolder } from './project-folder.ts'
import { renderPdf } from './render-pdf.ts'

/** An operator adds fonts of their own. */
suite('The folder of KOPA_FONTS', () => {
  const [good = ''] = fontFamilies(projectFolder()).find(({ name }) => name === 'Noto Sans Lao')!.files
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kopa-fonts-'))
    await copyFile(good, join(folder, 'good.ttf'))
  })
  afterEach(() => useFonts(undefined))
  after(() => rm(folder, { recursive: true }))

  const unreadable: [what: string, make: () => Promise<Buffer | string>][] = [
    ['a text', () => Promise.resolve('This is no font at all, whatever its name says.')],
    ['nothing', () => Promise.resolve('')],
    ['half of a font', async () => (await readFile(good)).subarray(0, 6000)],
    ['a font whose letters were cut off', async () => (await readFile(good)).subarray(0, -6000)]
  ]
  for (const [what, make] of unreadable) {
    test(`a file that is ${what} is refused at the start, by name; the others are not named`, async () => {
      const bad = join(folder, 'bad.ttf')
      await writeFile(bad, await make())
      assert.throws(
        () => useFonts(folder),
        (error) =>
          error instanceof Refusal && error.message.includes(bad) && !error.message.includes('good.ttf')
      )
      await rm(bad)
      useFonts(folder)
    })
  }

  test('a font that becomes unreadable later stops no document: it is named, and a sign that it alone had is □', async () => {
    const told: UnreadableFont[] = []
    useFonts(folder, (font) => told.push(font))
    await writeFile(join(folder, 'good.ttf'), 'A disk was full.')
    const template = join(folder, 'name.typ')
    await writeFile(
      template,
      [
        '#set document(title: "A name")',
        '#set text(lang: "en", font: json(bytes(sys.inputs.fonts)))',
        '#json(bytes(sys.inputs.data)).name'
      ].join('\n')
    )
    const order = {
      template: relative(projectFolder(), template),
      data: { name: 'Rūta 👩, ສະຫວັນ' },
      at: 0
    }
    for (const pdf of [await renderPdf(order), await renderPdf(order)])
      assert.equal(Buffer.from(pdf).toString('latin1', 0, 5), '%PDF-')
    assert.deepEqual(told, [{ file: join(folder, 'good.ttf'), why: 'the file is no font' }])
  })
})
