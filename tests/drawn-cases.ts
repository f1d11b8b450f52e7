import { configureGlobal } from 'fast-check'

/**
 * Property tests draw their cases. Nobody's change should be refused for what something else does once in a hundred
 * thousand times, so everybody draws the same ones; `npm run test:long` draws others each time, and so does
 * KOPA_TEST_ANEW=1 before a single file.
 */
if (!process.env.KOPA_TEST_ANEW) configureGlobal({ seed: 20_261_125 })

export { default as fc } from 'fast-check'
