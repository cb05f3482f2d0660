const EN = {
  title: "Chat with {tenant}",
  signIn: "Sign in",
  signInWith: "Sign in with {provider}",
  signOut: "Sign out",
  welcome: "Sign in to ask about orders, returns and products.",
  signInFailed: "Signing in did not work. Please try again.",
  signedOut: "You are signed out.",
  privacy: "Privacy",
  back: "Back to the chat",
  language: "Language",
  you: "You",
  assistant: "Assistant",
  message: "Your message",
  send: "Send",
  stop: "Stop",
  working: "The assistant is working…",
  empty: "Ask a question, such as “Where is my order?”",
  scripted: "Answers on this page come from a scripted model, not from an AI model.",
  tools: "Tools that were used",
  allowed: "Allowed because you and the agent “{agent}” both hold “{scope}” at {at}.",
  running: "running",
  done: "done in {ms} ms",
  failed: "failed",
  refused: "refused",
  cancelled: "Stopped.",
  waits: "The assistant waits for your answer.",
  noAnswer: "There is no answer: {reason}",
  history: "Keep my conversations, so that I can read them again",
  personalisation: "Tell the assistant my preferences, so that it recommends better",
  consents: "What you agree to",
  consentsHint: "Nothing is kept until you agree. You can change this at any time.",
  saved: "Saved.",
  data: "Your data",
  download: "Download my data",
  remove: "Delete my data",
  removeSure: "Everything that is kept of you here is deleted, and you are signed out. This cannot be undone.",
  removeYes: "Yes, delete everything",
  cancel: "Cancel",
};

const PT = {
  title: "Conversa com {tenant}",
  signIn: "Entrar",
  signInWith: "Entrar com {provider}",
  signOut: "Sair",
  welcome: "Entre para perguntar sobre pedidos, devoluções e produtos.",
  signInFailed: "Não foi possível entrar. Tente de novo.",
  signedOut: "Você saiu.",
  privacy: "Privacidade",
  back: "Voltar à conversa",
  language: "Idioma",
  you: "Você",
  assistant: "Assistente",
  message: "Sua mensagem",
  send: "Enviar",
  stop: "Parar",
  working: "O assistente está trabalhando…",
  empty: "Faça uma pergunta, como “Onde está meu pedido?”",
  scripted: "As respostas desta página vêm de um modelo com roteiro, não de um modelo de IA.",
  tools: "Ferramentas usadas",
  allowed: "Permitida porque você e o agente “{agent}” têm “{scope}” em {at}.",
  running: "em execução",
  done: "concluída em {ms} ms",
  failed: "falhou",
  refused: "recusada",
  cancelled: "Interrompido.",
  waits: "O assistente espera sua resposta.",
  noAnswer: "Não há resposta: {reason}",
  history: "Guardar minhas conversas, para que eu possa relê-las",
  personalisation: "Informar minhas preferências ao assistente, para que ele recomende melhor",
  consents: "O que você autoriza",
  consentsHint: "Nada é guardado sem a sua autorização. Você pode mudar isto quando quiser.",
  saved: "Salvo.",
  data: "Seus dados",
  download: "Baixar meus dados",
  remove: "Apagar meus dados",
  removeSure: "Tudo o que é guardado sobre você aqui será apagado, e você sairá. Isto não pode ser desfeito.",
  removeYes: "Sim, apagar tudo",
  cancel: "Cancelar",
};

/** The languages of the page, each by its own name. */
export const LANGUAGES = { en: "English", "pt-BR": "Português (Brasil)" };

/** The language that the browser prefers, of those that the page has. */
export function preferredLanguage() {
  return navigator.languages.find((it) => it.startsWith("pt") || it.startsWith("en"))?.startsWith("pt")
    ? "pt-BR"
    : "en";
}

/** Makes the function that says something in a language, with values in the place of `{names}`. */
export function wordsOf(language) {
  const words = language === "pt-BR" ? PT : EN;
  return (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, it) => String(values[it] ?? ""));
}
