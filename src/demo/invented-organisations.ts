import type { CastKey, InventedKey } from './cast.ts'

/** An organisation that does not exist; its name says so, and it has no number of any register. */
export type InventedOrganisation = {
  name: string
  latinName?: string
  country: string
  city: string
  /** A type of the programme (organisation-types.yaml). */
  type: string
  /** Belongs to nobody (RFC 2606). */
  website?: string
  /** Who registers it, and so represents it. */
  registrant: CastKey
}

export const inventedOrganisations: Readonly<Record<InventedKey, InventedOrganisation>> = {
  school: {
    name: 'Rīgas Zīļu pamatskola (demonstrācija)',
    country: 'LV',
    city: 'Rīga',
    type: 'school',
    website: 'https://zilu-pamatskola.example',
    registrant: 'maria'
  },
  gymnasium: {
    name: 'Kauno Gintaro gimnazija (demonstracija)',
    country: 'LT',
    city: 'Kaunas',
    type: 'school',
    website: 'https://gintaro-gimnazija.example',
    registrant: 'rasa'
  },
  company: {
    name: 'SIA Jūrmalas kodu darbnīca (demonstrācija)',
    country: 'LV',
    city: 'Jūrmala',
    type: 'enterprise',
    website: 'https://kodu-darbnica.example',
    registrant: 'elina'
  },
  association: {
    name: 'Biedrība “Jauniešu laipa” (demonstrācija)',
    country: 'LV',
    city: 'Cēsis',
    type: 'ngo',
    website: 'https://jauniesu-laipa.example',
    registrant: 'oskars'
  },
  technicalSchool: {
    name: 'Kurzemes Amatu tehnikums (demonstrācija)',
    country: 'LV',
    city: 'Kuldīga',
    type: 'vet-provider',
    registrant: 'maria'
  },
  associationAgain: {
    name: 'Jauniešu laipa, biedrība (demonstrācija)',
    country: 'LV',
    city: 'Cēsis',
    type: 'youth-organisation',
    registrant: 'karlis'
  }
}
