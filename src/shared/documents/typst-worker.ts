import { readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { shownByFonts } from './shown-by-fonts.ts'
import type { TypesettingAnswer, TypesettingJob } from './render-pdf.ts'

const { project } = workerData as { project: string }
const fonts = ['400Regular', '400Regular_Italic', '600SemiBold'].map((face) =>
  join(project, 'node_modules/@expo-google-fonts/source-sans-3', face)
)

const showable = shownByFonts(
  fonts.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ttf'))
      .map((file) => join(folder, file))
  )
)

// On Linux this is about this thread alone: in the last hour before a deadline, people who save go before paper.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)

/** Compilers by the folder of their templates: what one reads stays within it. */
const compilers = new Map<string, NodeCompiler>()

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
  const workspace = dirname(mainFilePath)
  const compiler =
    compilers.get(workspace) ?? NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fonts }] })
  compilers.set(workspace, compiler)
  const compiled = compiler.compile({ mainFilePath, inputs: { data: showable(data) } })
  if (compiled.hasError() || !compiled.result) {
    throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no document'))
  }
  const pdf = compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: at })
  // What was remembered of earlier documents would grow with each.
  compiler.evictCache(10)
  return new Uint8Array(pdf)
}
