import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fontFamilies } from './fonts.ts'
import { projectFolder } from './project-folder.ts'
import { shownByFonts } from './shown-by-fonts.ts'

/** One name each, of institutions as their countries write them, and the font that shows it. */
const names: [name: string, font: string][] = [
  ['جامعة القاهرة', 'Noto Sans Arabic'],
  ['دانشگاه می‌خواهم', 'Noto Sans Arabic'],
  ['جامعہ پنجاب لاہور', 'Noto Sans Arabic'],
  ['האוניברסיטה העברית בירושלים', 'Noto Sans Hebrew'],
  ['Երևանի պետական համալսարան', 'Noto Sans Armenian'],
  ['თბილისის სახელმწიფო უნივერსიტეტი', 'Noto Sans Georgian'],
  ['አዲስ አበባ ዩኒቨርሲቲ', 'Noto Sans Ethiopic'],
  ['त्रिभुवन विश्वविद्यालय', 'Noto Sans Devanagari'],
  ['ঢাকা বিশ্ববিদ্যালয়', 'Noto Sans Bengali'],
  ['யாழ்ப்பாணப் பல்கலைக்கழகம்', 'Noto Sans Tamil'],
  ['කොළඹ විශ්වවිද්‍යාලය', 'Noto Sans Sinhala'],
  ['จุฬาลงกรณ์มหาวิทยาลัย', 'Noto Sans Thai'],
  ['ມະຫາວິທະຍາໄລແຫ່ງຊາດ', 'Noto Sans Lao'],
  ['សាកលវិទ្យាល័យភូមិន្ទភ្នំពេញ', 'Noto Sans Khmer'],
  ['ရန်ကုန်တက္ကသိုလ်', 'Noto Sans Myanmar'],
  ['ދިވެހިރާއްޖޭގެ ޤައުމީ', 'Noto Sans Thaana'],
  ['서울대학교', 'NanumGothic'],
  ['清华大学', 'Noto Sans Hans'],
  ['國立臺灣大學', 'Noto Sans Hans'],
  ['東京大学さくらセンター', 'Noto Sans Hans']
]

suite('What is printed can be printed', () => {
  const families = fontFamilies(projectFolder())
  const shown = shownByFonts(families)

  test('letters of Europe stay as they are, in the one font', () => {
    for (const text of [
      'Rīgas Zīļu pamatskola – 12 €',
      'Žemaitė, Łódź, Großschönau',
      'Αθήνα, София',
      'Қазақ'
    ]) {
      assert.deepEqual(shown(text), { text, by: new Set(), unshown: 0 })
    }
    assert.equal(shown('a\u0304').text, 'ā')
  })

  for (const [name, font] of names) {
    test(`${name} is shown by ${font}`, () => {
      const { text, by, unshown } = shown(name)
      assert.equal(text, name.normalize('NFC'))
      assert.deepEqual(
        [...by].map((family) => family.name),
        [font]
      )
      assert.equal(unshown, 0)
    })
  }

  test('a sign that no font has is one box, and is counted', () => {
    assert.deepEqual(shown('Skola 👩‍👩‍👧! ཨ'), { text: 'Skola □! □', by: new Set(), unshown: 2 })
    assert.deepEqual(shown('Skola 👩‍👩‍👧! ཨ').unshown, 2)
  })

  test('what would turn letters around is left out; a joiner between letters stays', () => {
    assert.equal(shown('a\u202eb').text, 'ab')
    assert.equal(shown('a\u200cb').text, 'ab')
    assert.equal(shown('می\u200cخواهم').text, 'می\u200cخواهم')
  })

  test('a font that cannot be read has no letters, and is named once; the others show theirs', () => {
    const named: string[] = []
    const broken = { name: undefined, files: [import.meta.filename] }
    const all = shownByFonts([families[0]!, broken, ...families.slice(1)], ({ file }) => named.push(file))
    assert.deepEqual(all('Երևան 👩').text, 'Երևան □')
    assert.equal(all('ཨ').unshown, 1)
    assert.deepEqual(named, broken.files)
  })

  test('without a package, what it would have shown is missing, and nothing else', () => {
    const few = shownByFonts(families.filter(({ name }) => name !== 'Noto Sans Georgian'))
    assert.equal(few('თბილისი').unshown, 7)
    assert.equal(few('Երևան').unshown, 0)
  })
})
