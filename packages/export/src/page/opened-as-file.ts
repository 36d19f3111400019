/** Says what to do where the page is opened as a file: modules and fetch do not work there, so page.js never starts. */
if (location.protocol === 'file:') {
  document.getElementById('progress')!.hidden = true;
  document.getElementById('status')!.textContent =
    'Browsers load models from web servers only. In this folder, run "npx serve" or "python3 -m http.server 8000", and open the address that it tells.';
}
