// SPDX-License-Identifier: GPL-3.0-or-later
//! The layer table of ARCHITECTURE.md, held against every #include.
#pragma once
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace tallystick {

/// One row of the table.
struct Layer
{
    QString folder;
    QStringList projectFolders; ///< may include everything below these …
    QStringList projectFiles;   ///< … and these single files
    QStringList qtModules;
};

/// The rows found in \a markdown: "| folder | may include project | may include Qt |". In the
/// second column "all; of X only `y.h`" stands for every folder of the table but X, and X/y.h.
[[nodiscard]] QList<Layer> layersOf(const QString& markdown);

/// "path:line: what is wrong" for each include below app/, ledger/ and ui/ of \a root that \a
/// layers does not allow, and for each file no row speaks of.
[[nodiscard]] QStringList layerViolations(const QString& root, const QList<Layer>& layers);

} // namespace tallystick
