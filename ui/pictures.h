// SPDX-License-Identifier: GPL-3.0-or-later
//! Every view of the window rendered to PNG files, for people to look at.
#pragma once
#include "ui/services.h"
#include "ui/shared/theme.h"

#include <QtCore/QSize>
#include <QtCore/QStringList>

class QApplication;

namespace tallystick {

struct PictureOptions
{
    QString outputDirectory; ///< made where it is missing
    theme::Scheme scheme = theme::Scheme::Light;
    QSize size{1600, 1000};
    double scale = 1; ///< pixels of the files per pixel of the window
};

/// Runs an event loop until all are rendered; needs no display (platform "offscreen"). Writes
/// nothing to the ledger but a stress run's throw-away users. Answers the files' paths; fails with
/// FileTrouble, or with what kept the ledger from being read.
[[nodiscard]] Result<QStringList>
renderPictures(QApplication& application, const Services& services, const PictureOptions& options);

} // namespace tallystick
