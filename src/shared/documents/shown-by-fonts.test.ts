import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { projectFolder } from './project-folder.ts'
import { shownByFonts } from './shown-by-fonts.ts'

suite('What is printed can be printed', () => {
  const face = 'node_modules/@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'
  const shown = shownByFonts([join(projectFolder(), face)])

  test('letters of Europe stay as they are, whatever they are made of', () => {
    for (const text of ['Rīgas Zīļu pamatskola – 12 €', 'Žemaitė, Łódź, Großschönau', 'Αθήνα, София'])
      assert.equal(shown(text), text)
    assert.equal(shown('a\u0304'), 'ā')
  })

  test('a sign that the font lacks is one box, and the file can be made', () => {
    assert.equal(shown('Skola 👩‍👩‍👧!'), 'Skola □!')
    assert.equal(shown('عربى'), '□□□□')
    assert.equal(shown('a\u202eb'), 'ab')
  })
})
