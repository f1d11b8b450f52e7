import { type Door, open } from '../door.ts'

/** Ways in for those who have a link of a mail: without one they are told that it is spent. */
const byLink = { alsoIn: [404] }

export const peopleDoors: Door[] = [
  ...open([], 'load /sign-in', 'load /sign-in/forgotten', 'load /sign-up', 'load /sign-out'),
  ...open(['people.sign-in'], 'post /sign-in?/password'),
  ...open(['people.sign-up'], 'post /sign-up'),
  ...open(['people.ask-for-link'], 'post /sign-in/forgotten'),
  ...open(['people.set-password'], 'post /sign-up/finish', 'post /sign-in/password').map((door) => ({
    ...door,
    ...byLink
  })),
  ...open(['people.lookAtLink'], 'load /sign-up/finish', 'load /sign-in/password').map((door) => ({
    ...door,
    ...byLink
  })),
  ...open(['people.lookAtLink'], 'load /people/address', 'load /people/address-back').map((door) => ({
    ...door,
    ...byLink
  })),
  { door: 'post /people/address', asks: ['people.confirm-address'], ...byLink },
  { door: 'post /people/address-back', asks: ['people.restore-address'], ...byLink },
  // Who is not signed in is as they wished to be.
  ...open([], 'post /sign-out'),
  ...open(['people.switch-role'], 'post /people/role'),
  ...open(
    ['people.myAccount'],
    'load /people/account',
    'load /people/account/address',
    'load /people/account/name',
    'load /people/account/password',
    'load /sign-in/again'
  ),
  ...open(['people.mySessions'], 'load /people/account/devices'),
  ...open(['people.prove-again'], 'post /sign-in/again?/password'),
  ...open(['people.ask-for-address'], 'post /people/account/address'),
  ...open(['people.change-person'], 'post /people/account/name'),
  ...open(['people.change-password'], 'post /people/account/password'),
  ...open(
    ['people.end-sessions'],
    'post /people/account/devices?/one',
    'post /people/account/devices?/others'
  )
]
