/** The product's sign for the tray: a PNG of 32 by 32 pixels, shown at half that size. */
export const trayIcon = Buffer.from(
  [
    'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAABPElEQVR42mNgGAWjYKgAt9I3fkB8BIjbB8oBl4D4PxSb0ttyJyTL',
    'QbiT3g6Yj+aAu/S0XACI/6I5AIQd6OWAXCRLjyGxp9DLAaeRLM1EYr+gh+XWSBb+AGJuUPwjifnQ2gEzkCybDRXrRBJbQEvLOYD4',
    'G5JltlBxUySxL0DMTKlFvkB8GYhvYcEwi87iKZTC0eQMgPgkDvOQ8XUgjgFp2IMli6HjAjRLapHkVqPJLSbCPBi+ANJQRUDRPSAW',
    'RLNEE00NP1RclATLQbgbZqA8EKvgwLiiDrlMSIaKlSCJHcRjJggrUZp2ipAs2w4Vu4wklkTrLCqHFpyuSOwPFOcOIh2xG8lS5MQ3',
    'kV7FdDqOxGVMLwcIYbH8IL3bCuvRHJBEbwdE0z3xoTmAFVqsghzQMVANVhBWH+07jAJyAADzdBKOA5IlaQAAAABJRU5ErkJggg==',
  ].join(''),
  'base64',
);

/** Pixels of it to one of the screen. */
export const trayIconScale = 2;
