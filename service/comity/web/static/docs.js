// Starts the API documentation from this service's own files; nothing is asked of any other host.
const place = document.getElementById("swagger");
SwaggerUIBundle({
  url: place.dataset.document,
  dom_id: "#swagger",
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
});
