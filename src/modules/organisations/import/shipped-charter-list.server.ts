import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { projectFolder } from '#shared/documents/project-folder.ts'
import { type CharterList, readCharterList } from './read-charter-list.server.ts'

/** Day of the edition that is shipped. */
export const shippedEdition = '2026-04-08' // not of a guide: day of the list

/** The official list as it is shipped: without streets, postcodes and numbers of proposals. */
export async function readShippedCharterList(): Promise<CharterList> {
  const parameters = join(projectFolder(), 'programmes/erasmus-plus/parameters')
  const packed = readFileSync(join(parameters, `charter-holders-${shippedEdition}.csv.gz`))
  const read = await readCharterList(gunzipSync(packed))
  if ('problem' in read) throw new Error(`the shipped list of charter holders: ${JSON.stringify(read)}`)
  return read.list
}
