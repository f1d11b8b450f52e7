import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertQuick } from '../../../../tests/assert-quick.ts'
import { formsOf } from './name-forms.ts'
import { type Named, withoutNames } from './names-in-text.ts'

// Who is named, and how sentences name them.
const declined: readonly [name: string, ...forms: string[]][] = [
  ['Anna', 'Annas', 'Annai', 'Annu', 'Annā'],
  ['Bērziņa', 'Bērziņas', 'Bērziņai', 'Bērziņu'],
  ['Bērziņš', 'Bērziņa', 'Bērziņam', 'Bērziņu', 'Bērziņā', 'Bērziņi', 'Bērziņiem'],
  ['Ozols', 'Ozola', 'Ozolam', 'Ozolu', 'Ozoli', 'Ozolus'],
  ['Jānis', 'Jāņa', 'Jānim', 'Jāni', 'Jānī'],
  ['Kārlis', 'Kārļa', 'Kārlim'],
  ['Lācis', 'Lāča', 'Lācim', 'Lāči', 'Lāčiem'],
  ['Alksnis', 'Alkšņa', 'Alksnim'],
  ['Briedis', 'Brieža', 'Briedim'],
  ['Dadzis', 'Dadža'],
  ['Aldis', 'Alda', 'Aldim'],
  ['Kalējs', 'Kalēja'],
  ['Balodis', 'Baloža', 'Balodim'],
  ['Zuzis', 'Zuža'],
  ['Kurmis', 'Kurmja'],
  ['Zīle', 'Zīles', 'Zīlei', 'Zīli', 'Zīlē', 'Zīļu', 'Zīlēm'],
  ['Mikus', 'Mikum', 'Miku', 'Mikū'],
  ['Mazais', 'Mazā', 'Mazajam'],
  ['Jonas', 'Jono', 'Jonui', 'Joną', 'Jonu', 'Jona', 'Jonam'],
  ['Kazlauskas', 'Kazlausko', 'Kazlauskui', 'Kazlauską', 'Kazlauska', 'Kazlauskam', 'Kazlausku'],
  ['Kazlauskienė', 'Kazlauskienės', 'Kazlauskienei', 'Kazlauskienę', 'Kazlauskienes'],
  ['Petraitytė', 'Petraitytės', 'Petraitytei', 'Petraitytes'],
  ['Kubilys', 'Kubilio', 'Kubiliui', 'Kubilį', 'Kubiļa', 'Kubilim'],
  ['Paulius', 'Pauliaus', 'Pauliui', 'Paulių'],
  ['pamatskola', 'pamatskolas', 'pamatskolai', 'pamatskolu', 'pamatskolā'],
  ['Universitāte', 'Universitātes', 'Universitātei', 'Universitātē'],
  ['gimnazija', 'gimnazijos', 'gimnaziją', 'gimnazijoje', 'gimnazijai'],
  ['centrs', 'centra', 'centram', 'centru', 'centrā']
]

for (const [name, ...forms] of declined)
  test(`${name} is ${forms.at(0)} elsewhere`, () => {
    const known = formsOf(name)
    for (const form of [name, ...forms]) assert.ok(known.has(form.toLocaleLowerCase('lv')), form)
  })

const named: readonly Named[] = [
  { of: 'organisation', instead: 'O1', name: 'Rīgas Zīļu pamatskola (LV)' },
  { of: 'organisation', instead: 'O2', name: 'Biedrība “Zaļais kalns”' },
  { of: 'organisation', instead: 'O3', name: 'Vilniaus Ąžuolo gimnazija' },
  { of: 'organisation', instead: 'O4', name: 'Turun lukio' },
  { of: 'organisation', instead: 'O5', name: 'JĒKABPILS 2. VIDUSSKOLA' },
  { of: 'person', instead: 'P1', name: 'Anna Bērziņa' },
  { of: 'person', instead: 'P2', name: 'Jonas Kazlauskas' },
  { of: 'person', instead: 'P3', name: 'Dr. Ilze Marija Liepa-Kalnciema' },
  { of: 'person', instead: 'P4', name: 'Pēteris Vītols' },
  { of: 'person', instead: 'P5', name: 'Uldis Vītols' },
  { of: 'person', instead: 'P6', name: 'Dzintra Roze' },
  { of: 'person', instead: 'P7', name: 'Maria de Souza' }
]
const without = withoutNames(named)

const sentences: readonly [says: string, left: string][] = [
  ['Raksta Anna Bērziņa.', 'Raksta P1.'],
  ['Annas Bērziņas pieredze; to vaicājiet Annai Bērziņai.', 'P1 pieredze; to vaicājiet P1.'],
  ['Vada A. Bērziņa, A.Bērziņas kolēģi un A Bērziņa.', 'Vada P1, P1 kolēģi un P1.'],
  ['Vada Bērziņa, ar Bērziņu strādā BĒRZIŅA.', 'Vada P1, ar P1 strādā P1.'],
  ['Bērziņa, Anna; Bērziņa Anna', 'P1; P1'],
  ['Sarunas ar Jonu Kazlausku; Jono Kazlausko darbas.', 'Sarunas ar P2; P2 darbas.'],
  ['Ilzes Liepas-Kalnciemas, M. Liepai-Kalnciemai, ar Ilzi Mariju Liepu-Kalnciemu', 'P3, P3, ar P3'],
  ['Dr. Ilze Marija Liepa-Kalnciema un Kalnciema', 'P3 un P3'],
  ['Vadīs Vītols, Vītola birojs; P. Vītola, Ulda Vītola', 'Vadīs […], […] birojs; P4, P5'],
  ['Dz. Roze un D. Roze', 'P6 un P6'],
  ['com Maria de Souza e M. Souza', 'com P7 e P7'],
  ['Rīgas Zīļu pamatskolas skolēni Rīgas Zīļu pamatskolā (LV).', 'O1 skolēni O1.'],
  ['Biedrības “Zaļais kalns” un "Zaļā kalna" telpas', 'O2 un "O2" telpas'],
  ['Vilniaus Ąžuolo gimnazijos mokiniai, VILNIAUS ĄŽUOLO GIMNAZIJOJE', 'O3 mokiniai, O3'],
  ['Turun lukiossa, Turun lukion', 'O4, O4'],
  ['Jēkabpils 2. vidusskolas skolēni', 'O5 skolēni'],
  ['anna bērziņa un turun lukio mazajiem burtiem', 'P1 un O4 mazajiem burtiem'],
  // Ordinary words.
  [
    'Anna, Jonas un Rīga; pamatskola, Rīgas pamatskola.',
    'Anna, Jonas un Rīga; pamatskola, Rīgas pamatskola.'
  ],
  ['Roze zied, un dārzā ir vēl rozes.', 'Roze zied, un dārzā ir vēl rozes.'],
  [
    'Rozes ir dārzā. Projektu vada Roze; citas rozes nezied.',
    'Rozes ir dārzā. Projektu vada P6; citas rozes nezied.'
  ],
  ['Bērzs aug. Bērzi, bērziņi un bērziņa lapas.', 'Bērzs aug. Bērzi, bērziņi un bērziņa lapas.'],
  ['zaļais kalna gals', 'zaļais kalna gals']
]

for (const [says, left] of sentences)
  test(`“${says}” is left as “${left}”`, () => assert.equal(without(says), left))

test('a word at the beginning is no name where it is a word of other texts', () => {
  const beside = withoutNames(named, ['Dārzā zied rozes.'])
  assert.equal(beside('Roze zied. Vada Roze.'), 'Roze zied. Vada P6.')
  assert.equal(without('Roze zied.'), 'P6 zied.')
})

test('a text in which no word of a name has a capital letter stays as it is', () => {
  const words = named.flatMap(({ name }) =>
    [...name.matchAll(/[\p{L}\p{M}]+/gu)].flatMap(([word]) => [...formsOf(word)])
  )
  // One word of each name at most, so that none is there whole.
  const word = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom('un', 'Mēs', 'Projekts', '2026', 'ir', 'A')
  )
  const sign = fc.constantFrom(', ', '. ', '; ', '! ', '\n', ' – ')
  fc.assert(
    fc.property(fc.array(fc.tuple(word, sign)), (said) => {
      const text = said.map((one) => one.join('')).join('ar; ')
      assert.equal(without(text), text)
    })
  )
})

test('of whoever is named in any form with given name and surname, nothing is left', () => {
  const people = named.filter(({ of, name }) => of === 'person' && name.split(' ').length === 2)
  const form = (word: string) =>
    fc.constantFrom(...formsOf(word)).map((one) => one[0]!.toLocaleUpperCase('lv') + one.slice(1))
  fc.assert(
    fc.property(
      fc.constantFrom(...people).chain(({ name, instead }) => {
        const [given, surname] = name.split(' ') as [string, string]
        return fc.tuple(form(given), form(surname), fc.constant(instead))
      }),
      ([given, surname, instead]) => assert.equal(without(`Ar to ${given} ${surname}.`), `Ar to ${instead}.`)
    )
  )
})

test('many who share a name, and a text of nothing else, are read in a moment', () => {
  const many = Array.from({ length: 500 }, (_, at): Named => ({
    of: 'person',
    instead: 'P',
    name: `Anna Zīle${at}`
  }))
  assertQuick(3000, () => withoutNames(many)('Anna Zīle '.repeat(2000)))
})
