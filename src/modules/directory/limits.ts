/** For how many days an invitation to work for a body can be accepted. */
export const invitationDays = 7
/** The longest that somebody stands in for an officer, in days: an absence, not a change of post. */
export const longestSubstitutionDays = 366
