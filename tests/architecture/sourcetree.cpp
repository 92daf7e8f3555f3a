// SPDX-License-Identifier: GPL-3.0-or-later
//! Walking and reading a source tree.
#include "tests/architecture/sourcetree.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace tallystick {

QList<SourceFile> sourceFiles(const QString& root, const QString& folder,
                              const QStringList& patterns)
{
    QList<SourceFile> files;
    QDirIterator walk(QDir(root).filePath(folder), patterns, QDir::Files,
                      QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        if (!lines.isEmpty() && lines.last().isEmpty())
            lines.removeLast();
        files.append({.path = QDir(root).relativeFilePath(file.fileName()), .lines = lines});
    }
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

QString withoutComment(const QString& line)
{
    bool isInString = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == QLatin1Char('\\') && isInString)
            ++i;
        else if (c == QLatin1Char('"'))
            isInString = !isInString;
        else if (!isInString && QStringView(line).mid(i).startsWith(QLatin1String("//")))
            return line.first(i);
    }
    return line;
}

bool plant(const QString& root, const QString& path, const QString& text)
{
    const QString absolute = QDir(root).filePath(path);
    QDir().mkpath(QFileInfo(absolute).path());
    QFile file(absolute);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0;
}

} // namespace tallystick
