// Passkeys: asks the device, and posts its answer as a form. Without this file, or where there are none, the forms stay
// hidden and the other ways of signing in remain.

// A passkey belongs to a name: at an address in digits browsers refuse it.
const possible = window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);

const bytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
};

const text = (buffer) => {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withIds = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

async function create(options) {
  const key = options.publicKey;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...key,
      challenge: bytes(key.challenge),
      user: { ...key.user, id: bytes(key.user.id) },
      excludeCredentials: withIds(key.excludeCredentials),
    },
  });
  return answer(credential, {
    attestationObject: text(credential.response.attestationObject),
    transports: credential.response.getTransports ? credential.response.getTransports() : [],
  });
}

async function get(options) {
  const key = options.publicKey;
  const credential = await navigator.credentials.get({
    publicKey: { ...key, challenge: bytes(key.challenge), allowCredentials: withIds(key.allowCredentials) },
  });
  const { authenticatorData, signature, userHandle } = credential.response;
  return answer(credential, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function answer(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

async function optionsOf(form) {
  if (!form.dataset.optionsUrl) {
    const { request_options, creation_options } = JSON.parse(document.getElementById("passkey-options").textContent);
    return request_options || creation_options;
  }
  const response = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  return (await response.json()).request_options;
}

async function ask(form) {
  const error = form.querySelector("[data-passkey-error]");
  error.hidden = true;
  try {
    const options = await optionsOf(form);
    const credential = await (form.dataset.passkey === "create" ? create(options) : get(options));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    error.hidden = false;
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (possible) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}
if (!possible) {
  for (const words of document.querySelectorAll("[data-passkey-none]")) words.hidden = false;
}
