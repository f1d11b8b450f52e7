import { type Door, open } from '../door.ts'

export const organisationsDoors: Door[] = [
  ...open(['organisations.findOrganisations'], 'api GET /api/v1/organisations/suggestions'),
  ...open(['organisations.register-organisation'], 'api POST /api/v1/organisations'),
  {
    door: 'api GET /api/v1/organisations/:code',
    asks: ['organisations.organisationByCode'],
    at: ({ school }) => ({ parts: { code: school.code } })
  }
]
