import type { YearPlan } from '#modules/calls'

const million = 100_000_000

/** What Helena planned for the year of the newest calls: invented money. */
export const yearPlan = {
  edition: 2026,
  plan: {
    envelopes: {
      'cooperation-partnerships': {
        cents: 9 * million,
        bodies: [
          { body: 'lv-viaa', cents: 6 * million },
          { body: 'lv-jspa', cents: 2 * million }
        ]
      },
      'small-scale-partnerships': {
        cents: 3 * million,
        bodies: [
          { body: 'lv-viaa', cents: 2 * million },
          { body: 'lv-jspa', cents: million }
        ]
      },
      'alliances-for-innovation': { cents: 30 * million, bodies: [{ body: 'eacea', cents: 30 * million }] },
      'centres-of-vocational-excellence': {
        cents: 12 * million,
        bodies: [{ body: 'eacea', cents: 12 * million }]
      }
    },
    priorities: ['inclusion-and-diversity', 'digital-transformation'],
    targets: [
      {
        says: {
          en: 'Organisations that never had a grant',
          lv: 'Organizācijas, kas dotāciju vēl nav saņēmušas'
        },
        action: 'small-scale-partnerships',
        number: 40
      }
    ]
  }
} satisfies { edition: number; plan: YearPlan }
