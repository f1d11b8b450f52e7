import type { PersonalData } from '../identity/personal-data.ts'
import { filesOf, forgetUploader } from './use-file.ts'

/** What is kept about who gave which file. What stands in a file belongs to the module that uses it. */
export const personalData: PersonalData = {
  module: 'files',
  name: 'files.personal.name',
  keeps: [
    {
      what: 'files.personal.what',
      why: 'files.personal.why',
      basis: 'public-task',
      howLong: 'files.personal.how-long'
    }
  ],
  exports: async (database, person) => ({
    files: (await filesOf(database, person)).map(
      ({ id, name, kind, size, sha256, purpose, receivedAt, scan }) => ({
        ...{ id, name, kind, size, sha256, purpose },
        receivedAt: receivedAt.toString(),
        scan: scan.state
      })
    )
  }),
  stays: async (database, person) => {
    const used = await database
      .selectFrom('files.file')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('uploaded_by', '=', person)
      .where('unused_since', 'is', null)
      .executeTakeFirstOrThrow()
    const count = Number(used.count)
    return count === 0
      ? []
      : [{ what: 'files.personal.stays', why: 'files.personal.stays-why', args: { count } }]
  },
  erases: forgetUploader
}
