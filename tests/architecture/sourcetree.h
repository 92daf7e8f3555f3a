// SPDX-License-Identifier: GPL-3.0-or-later
//! The files of a source tree as the architecture tests read them.
#pragma once
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace tallystick {

/// A text file of the tree; \a path is relative to its root.
struct SourceFile
{
    QString path;
    QStringList lines;
};

/// The files below \a folder of \a root whose names match one of \a patterns, sorted by path.
[[nodiscard]] QList<SourceFile> sourceFiles(const QString& root, const QString& folder,
                                            const QStringList& patterns);

/// \a line without what follows // outside of a string literal.
[[nodiscard]] QString withoutComment(const QString& line);

/// A throw-away tree for planting violations: writes \a text to \a path below \a root.
[[nodiscard]] bool plant(const QString& root, const QString& path, const QString& text);

} // namespace tallystick
