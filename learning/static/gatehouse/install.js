// Lets the worker show a page of ours when there is no line. Without this, the browser shows its own.
navigator.serviceWorker?.register("/worker.js").catch(() => {});
