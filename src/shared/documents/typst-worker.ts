import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { type FontFamily, fontFamilies } from './fonts.ts'
import { shownByFonts } from './shown-by-fonts.ts'
import type { TypesettingAnswer, TypesettingJob, TypesetterStart } from './render-pdf.ts'

const { project, fonts } = workerData as TypesetterStart
const families = fontFamilies(project, fonts)
const showable = shownByFonts(families, (unreadable) =>
  parentPort!.postMessage({ unreadable } satisfies TypesettingAnswer)
)

// On Linux this is about this thread alone: in the last hour before a deadline, people who save go before paper.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)

parentPort!.on('message', ({ id, template, data, at, standard }: TypesettingJob) => {
  let answer: TypesettingAnswer
  try {
    answer = { id, pdf: typeset(join(project, template), { data, at, standard }) }
  } catch (error) {
    answer = { id, problem: String((error as Error).message ?? error) }
  }
  parentPort!.postMessage(answer)
})

function typeset(
  mainFilePath: string,
  { data, at, standard }: Pick<TypesettingJob, 'data' | 'at' | 'standard'>
): Uint8Array {
  const { text, by, unshown } = showable(data)
  const used = families.filter((family, index) => index === 0 || by.has(family))
  const compiler = compilerFor(dirname(mainFilePath), used)
  const inputs = {
    data: text,
    fonts: JSON.stringify(used.flatMap(({ name }) => name ?? [])),
    unshown: String(unshown)
  }
  const compiled = compiler.compile({ mainFilePath, inputs })
  if (compiled.hasError() || !compiled.result) {
    throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no document'))
  }
  const pdf = compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: at })
  // What was remembered of earlier documents would grow with each.
  compiler.evictCache(10)
  return new Uint8Array(pdf)
}

/** By the folder of their templates, for what one reads stays within it, and by the fonts that they opened. */
const compilers = new Map<string, NodeCompiler>()
const mostCompilers = 8 // not of a guide: each keeps its fonts in memory

function compilerFor(workspace: string, used: readonly FontFamily[]): NodeCompiler {
  const files = used.flatMap((family) => family.files)
  const key = [workspace, ...files].join('\n')
  const compiler = compilers.get(key) ?? NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: files }] })
  compilers.delete(key)
  compilers.set(key, compiler)
  // The one that was asked for longest ago goes.
  if (compilers.size > mostCompilers) compilers.delete(compilers.keys().next().value!)
  return compiler
}
