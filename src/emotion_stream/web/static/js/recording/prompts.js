// @ts-check
// Something to say for people to whom nothing comes to mind: questions, and lines to read.

/** @type {Readonly<Record<string, { name: string, lines: readonly string[] }>>} */
export const PROMPTS = {
  en: {
    name: "English",
    lines: [
      "How has your day been so far?",
      "What is on your mind right now?",
      "The kettle is on, and there is time before anyone needs me.",
      "Describe the last place you walked to.",
      "There is a letter on the table, and I have not opened it yet.",
      "What would you like the next hour to be like?",
    ],
  },
  de: {
    name: "Deutsch",
    lines: [
      "Wie war dein Tag bis jetzt?",
      "Was geht dir gerade durch den Kopf?",
      "Das Wasser kocht gleich, und noch braucht mich niemand.",
      "Wohin bist du zuletzt zu Fuß gegangen?",
      "Auf dem Tisch liegt ein Brief, und ich habe ihn noch nicht geöffnet.",
    ],
  },
  es: {
    name: "Español",
    lines: [
      "¿Cómo te ha ido el día hasta ahora?",
      "¿Qué tienes en la cabeza en este momento?",
      "El agua casi hierve y todavía nadie me necesita.",
      "Hay una carta sobre la mesa y aún no la he abierto.",
    ],
  },
  fr: {
    name: "Français",
    lines: [
      "Comment s'est passée ta journée jusqu'ici ?",
      "À quoi penses-tu en ce moment ?",
      "L'eau va bouillir, et personne n'a encore besoin de moi.",
      "Il y a une lettre sur la table, et je ne l'ai pas encore ouverte.",
    ],
  },
};

/** @param {readonly string[]} languages the browser's, most wanted first */
export function promptLanguage(languages) {
  for (const language of languages) {
    const short = language.slice(0, 2).toLowerCase();
    if (short in PROMPTS) return short;
  }
  return "en";
}
