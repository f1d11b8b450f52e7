import type { Permission } from '#shared/identity/index.ts'

/** What officers of the body that publishes a call may do with it. */
export const ofTheBody: Permission = ['officer']

/** The body that sets the money, the priorities and the targets of a year. */
export const commission = 'ec-dg-eac'

/** The plan of a year: officers of the Commission, and whoever looks after the installation. */
export const ofTheYear: Permission = ['officer', 'administrator']
