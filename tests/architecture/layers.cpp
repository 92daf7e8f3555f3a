// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads the layer table and judges includes by it.
#include "tests/architecture/layers.h"

#include "tests/architecture/sourcetree.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace tallystick {

namespace {

/// C headers beside the standard library's, and the folders that have a use for them.
const QHash<QString, QStringList>& systemHeaders()
{
    static const QHash<QString, QStringList> headers{
        {QStringLiteral("libpq-fe.h"), {QStringLiteral("ledger/postgres")}},
        {QStringLiteral("zlib.h"), {QStringLiteral("ledger/stress")}}};
    return headers;
}

QStringList words(const QString& cell, const QRegularExpression& separator)
{
    return cell.trimmed().split(separator, Qt::SkipEmptyParts);
}

void readProjectCell(const QString& cell, Layer& layer, const QStringList& allFolders)
{
    static const QRegularExpression exception(
        QStringLiteral("^all; of ([a-z/]+) only `([a-z.]+)`$"));
    const auto match = exception.match(cell.trimmed());
    if (!match.hasMatch()) {
        layer.projectFolders = words(cell, QRegularExpression(QStringLiteral("[,\\s]+")));
        return;
    }
    layer.projectFolders = allFolders;
    layer.projectFolders.removeAll(match.captured(1));
    layer.projectFiles = {match.captured(1) + QLatin1Char('/') + match.captured(2)};
}

bool isBelow(const QString& path, const QString& folder)
{
    return path.startsWith(folder + QLatin1Char('/'));
}

const Layer* layerOf(const QString& path, const QList<Layer>& layers)
{
    const Layer* longest = nullptr;
    for (const Layer& layer : layers)
        if (isBelow(path, layer.folder) &&
            (!longest || layer.folder.size() > longest->folder.size()))
            longest = &layer;
    return longest;
}

QString judgeProjectInclude(const QString& root, const QString& included, const Layer& layer)
{
    if (included.endsWith(QLatin1String(".moc")))
        return {};
    if (!QFileInfo::exists(QDir(root).filePath(included)))
        return QStringLiteral("\"%1\" is no file from the root of the tree").arg(included);
    const bool isAllowed =
        layer.projectFiles.contains(included) ||
        std::any_of(layer.projectFolders.begin(), layer.projectFolders.end(),
                    [&](const QString& folder) { return isBelow(included, folder); });
    return isAllowed ? QString()
                     : QStringLiteral("%1 may not include \"%2\"").arg(layer.folder, included);
}

QString judgeSystemInclude(const QString& included, const Layer& layer)
{
    const qsizetype slash = included.indexOf(QLatin1Char('/'));
    if (slash > 0 && included.startsWith(QLatin1String("Qt"))) {
        const QString module = included.first(slash);
        return layer.qtModules.contains(module)
                   ? QString()
                   : QStringLiteral("%1 may not include <%2>").arg(layer.folder, included);
    }
    if (included.startsWith(QLatin1Char('Q')) || included.startsWith(QLatin1String("qt")))
        return QStringLiteral("<%1> does not name its Qt module").arg(included);
    const auto header = systemHeaders().constFind(included);
    if (header != systemHeaders().constEnd() && !header->contains(layer.folder))
        return QStringLiteral("%1 may not include <%2>").arg(layer.folder, included);
    return {};
}

} // namespace

QList<Layer> layersOf(const QString& markdown)
{
    QList<QStringList> rows;
    bool isInTable = false;
    for (const QString& line : markdown.split(QLatin1Char('\n'))) {
        const QStringList cells = line.split(QLatin1Char('|'));
        if (line.startsWith(QLatin1String("| folder |")))
            isInTable = true;
        else if (!line.startsWith(QLatin1Char('|')))
            isInTable = false;
        else if (isInTable && cells.size() == 5 && !cells[1].contains(QLatin1String("---")))
            rows.append({cells[1].trimmed(), cells[2], cells[3]});
    }
    QStringList allFolders;
    for (const QStringList& row : rows)
        allFolders.append(row[0]);
    QList<Layer> layers;
    for (const QStringList& row : rows) {
        Layer layer{.folder = row[0], .projectFolders = {}, .projectFiles = {}, .qtModules = {}};
        readProjectCell(row[1], layer, allFolders);
        layer.qtModules = words(row[2], QRegularExpression(QStringLiteral("[,\\s]+")));
        layers.append(layer);
    }
    return layers;
}

QStringList layerViolations(const QString& root, const QList<Layer>& layers)
{
    static const QRegularExpression include(
        QStringLiteral("^\\s*#\\s*include\\s*(?:\"([^\"]+)\"|<([^>]+)>)"));
    QStringList violations;
    for (const char* const top : {"app", "ledger", "ui"}) {
        const auto files =
            sourceFiles(root, QLatin1String(top), {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
        for (const SourceFile& file : files) {
            const Layer* const layer = layerOf(file.path, layers);
            if (!layer) {
                violations.append(QStringLiteral("%1: its folder is in no row").arg(file.path));
                continue;
            }
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const auto match = include.match(file.lines[i]);
                if (!match.hasMatch())
                    continue;
                const QString wrong = match.captured(1).isEmpty()
                                          ? judgeSystemInclude(match.captured(2), *layer)
                                          : judgeProjectInclude(root, match.captured(1), *layer);
                if (!wrong.isEmpty())
                    violations.append(
                        QStringLiteral("%1:%2: %3").arg(file.path).arg(i + 1).arg(wrong));
            }
        }
    }
    return violations;
}

} // namespace tallystick
