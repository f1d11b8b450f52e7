import { randomNumbers } from './random-numbers.ts'

// Words as they come in such texts, drawn anew for each: a text that repeats itself would cost a database nothing.
const words =
  `projektā piecas skolas kopā ar vietējām bibliotēkām veido lasīšanas klubus kuros vecāki un bērni lasa divās valodās
 pedagogi mācās cits no cita novēro stundas gatavo materiālus brīvai lietošanai tos izmēģina vairāk nekā simts klasēs
 rezultāti ir pieejami visiem tīmeklī arī pēc beigām partneri dalās pieredzē tiekas reizi pusgadā vērtē paveikto
 iekļaušana digitālās prasmes vide līdzdalība ģimenes novads pašvaldība apmācība kvalitāte ietekme laika grafiks`.split(
    /\s+/
  )

/** A text of so many characters. @param seed another text for each */
export function writtenText(length: number, seed: number): string {
  const random = randomNumbers(length + seed)
  let text = ''
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `
  return text.slice(0, length).trim()
}
