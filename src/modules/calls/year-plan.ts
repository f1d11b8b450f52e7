/** The plan of a year, as the Commission sets it: money of each action, split over bodies; priorities; targets. */
export type YearPlan = {
  envelopes: { action: string; cents: number; bodies: { body: string; cents: number }[] }[]
  /** Ids of the programme's priorities that count most in the year. */
  priorities: string[]
  targets: { says: { en: string; lv: string }; action: string | null; number: number }[]
}
