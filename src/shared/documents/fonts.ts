import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#shared/operating/refusal.ts'
import { charactersOf } from './characters-of-font.ts'

/** A font as documents use it. */
export type FontFamily = {
  /** As it calls itself; undefined: nobody has looked. */
  name: string | undefined
  /** Its faces, absolute. What one of them lacks, the family lacks. */
  files: string[]
}

type Shipped = { name: string; package: string; faces: string[] }

const google = (script: string): Shipped => ({
  name: `Noto Sans ${script}`,
  package: `@expo-google-fonts/noto-sans-${script.toLowerCase()}`,
  faces: ['400Regular', '600SemiBold']
})

/**
 * What comes with the product (decision 134): the font that everything is set in, and then one for each script that
 * partners write their names in. Of two that have a letter, the first sets it.
 */
const shipped: readonly Shipped[] = [
  {
    name: 'Source Sans 3',
    package: '@expo-google-fonts/source-sans-3',
    faces: ['400Regular', '400Regular_Italic', '600SemiBold']
  },
  ...[
    'Arabic',
    'Hebrew',
    'Armenian',
    'Georgian',
    'Ethiopic',
    'Devanagari',
    'Bengali',
    'Tamil',
    'Sinhala'
  ].map(google),
  ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Thaana'].map(google),
  { name: 'NanumGothic', package: '@expo-google-fonts/nanum-gothic', faces: ['400Regular', '700Bold'] },
  { name: 'Noto Sans Hans', package: '@embedpdf/fonts-sc', faces: ['fonts/NotoSansHans-Regular.otf'] }
]

const isFont = /\.(ttf|otf|ttc|otc)$/i

/**
 * The fonts that are there, in the order in which they are asked. A package that was left out is no mistake: what it
 * would have shown is then said to be missing.
 * @param project folder of the product
 * @param folder of an operator's own fonts, read with the folders in it
 */
export function fontFamilies(project: string, folder?: string): FontFamily[] {
  const ours = shipped.map(({ name, package: from, faces }) => ({
    name,
    files: faces.flatMap((face) => fontsIn(join(project, 'node_modules', from, face)))
  }))
  const theirs =
    folder === undefined ? [] : fontsIn(folder).map((file) => ({ name: undefined, files: [file] }))
  return [...ours, ...theirs].filter(({ files }) => files.length > 0)
}

/** A font, or those in a folder; none where there is nothing. */
function fontsIn(path: string): string[] {
  if (isFont.test(path)) return [path]
  try {
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => isFont.test(file))
      .sort()
      .map((file) => join(path, file))
  } catch {
    return []
  }
}

/** A font that is there and cannot be read. */
export type UnreadableFont = { file: string; why: string }

/** What an operator said of fonts, and whom to tell of one that has become unreadable since. */
type FontsInUse = { folder: string | undefined; onUnreadable: (font: UnreadableFont) => void }

// The site's bundle holds a second copy of this module: what the operator said is kept with the process.
const place = Symbol.for('kopa.fonts')
type Process = { [place]?: FontsInUse }

/**
 * Adds an operator's own fonts to every document that is made from now on.
 * @param onUnreadable told of each font that documents do without because it cannot be read any more
 * @throws Refusal where the folder holds none, or one that cannot be read: each is looked into
 */
export function useFonts(
  folder: string | undefined,
  onUnreadable: FontsInUse['onUnreadable'] = () => {}
): void {
  const files = folder === undefined ? [] : fontsIn(folder)
  if (folder !== undefined && files.length === 0) throw new Refusal((t) => t('operating.fonts', { folder }))
  const unreadable = files.filter((file) => !canBeRead(file))
  if (unreadable.length > 0) {
    const list = unreadable.map((file) => `  ${file}`).join('\n')
    throw new Refusal((t) => t('operating.fonts-unreadable', { files: list }))
  }
  ;(globalThis as Process)[place] = { folder, onUnreadable }
}

function canBeRead(font: string): boolean {
  try {
    charactersOf(font)
    return true
  } catch {
    return false
  }
}

/** What `useFonts` was given. */
export function fontsInUse(): FontsInUse {
  return (globalThis as Process)[place] ?? { folder: undefined, onUnreadable: () => {} }
}
