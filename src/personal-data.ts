import { personalData as applications } from '#mount/applications/personal-data.ts'
import { personalData as calls } from '#mount/calls/personal-data.ts'
import { personalData as directory } from '#mount/directory/personal-data.ts'
import { personalData as organisations } from '#mount/organisations/personal-data.ts'
import { personalData as people } from '#mount/people/personal-data.ts'
import { personalData as audit } from '#shared/audit/personal-data.ts'
import { personalData as files } from '#shared/files/personal-data.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { personalData as mail } from '#shared/mail/personal-data.ts'

/**
 * Everything that keeps data about people: each personal-data.ts of a module or of src/shared; a test finds one that
 * is missing. It is erased in this order: what builds on others first, the account itself last.
 */
export const personalData: readonly PersonalData[] = [
  applications,
  calls,
  directory,
  organisations,
  files,
  mail,
  audit,
  people
]
