import { type Door, open } from '../door.ts'

export const callsDoors: Door[] = [...open(['calls.listCalls'], 'load /calls')]
