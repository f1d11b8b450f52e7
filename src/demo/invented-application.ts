/** An application under way in the open call for schools: some of it is written, so that there is something to see. */
export const inventedApplication = {
  title: 'Lasīšanas tilti (demonstrācija)',
  action: 'cooperation-partnerships',
  field: 'school',
  language: 'lv',
  texts: {
    'project.acronym': 'TILTI',
    'project.summary':
      'Skolēni trijās valstīs lasa vienas un tās pašas grāmatas katrs savā valodā un reizi mēnesī par tām sarunājas. Skolotāji kopā izstrādā stundas, kurās lasīšana nav pienākums, bet iemesls sarunai.\n\nPēc diviem gadiem katrā skolā būs lasītāju grupa, kas turpina bez projekta naudas, un stundu krājums, ko var paņemt jebkura skola.',
    'relevance.needs':
      'Pēdējos trijos gados mūsu skolās bibliotēku apmeklē arvien mazāk skolēnu vecumā no 11 līdz 14 gadiem. Aptaujā viņi saka, ka lasīt ir vientuļi.'
  },
  values: { 'project.duration-months': 24, 'project.languages': ['en', 'lv'] },
  comment: {
    path: 'relevance.needs',
    text: 'Rasa, vai jums ir skaitļi par Kauņu? Tad te varētu salīdzināt abas skolas.'
  }
} as const
