// SPDX-License-Identifier: GPL-3.0-or-later
//! Report files on QSaveFile.
#include "app/reportfiles.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryFile>

namespace tallystick {

namespace {

Failure trouble(const QSaveFile& file)
{
    return {.kind = Failure::Kind::FileTrouble,
            .sqlState = {},
            .statement = QStringLiteral("report"),
            .text = QStringLiteral("%1: %2").arg(file.fileName(), file.errorString())};
}

} // namespace

Result<ReportFile> ReportFile::opened(const QString& path)
{
    ReportFile report;
    if (path.isEmpty())
        return report;
    // Replacing what is no regular file would destroy it: /dev/null, a pipe.
    if (const QFileInfo existing(path); existing.exists() && !existing.isFile())
        return Failure{.kind = Failure::Kind::FileTrouble,
                       .sqlState = {},
                       .statement = QStringLiteral("report"),
                       .text = QStringLiteral("%1 is not a regular file").arg(path)};
    auto file = std::make_unique<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly))
        return trouble(*file);
    report.m_file = std::move(file);
    return report;
}

Outcome ReportFile::write(const QByteArray& bytes)
{
    if (!m_file)
        return Done{};
    if (m_file->write(bytes) != bytes.size() || !m_file->commit())
        return trouble(*m_file);
    return Done{};
}

Outcome madeWritable(const QString& directory)
{
    QTemporaryFile probe(directory + QStringLiteral("/probe-XXXXXX"));
    if (QDir().mkpath(directory) && probe.open())
        return Done{};
    const bool isOther = QFileInfo::exists(directory) && !QFileInfo(directory).isDir();
    return Failure{.kind = Failure::Kind::FileTrouble,
                   .sqlState = {},
                   .statement = QStringLiteral("directory"),
                   .text = isOther ? QStringLiteral("%1 is not a directory").arg(directory)
                                   : QStringLiteral("no file can be made in %1").arg(directory)};
}

Result<OpenReportFiles> openReportFiles(const ReportFiles& files)
{
    OpenReportFiles open;
    const std::pair<ReportFile&, const QString&> wanted[] = {{open.json, files.json},
                                                             {open.html, files.html},
                                                             {open.junit, files.junit},
                                                             {open.hlog, files.hlog},
                                                             {open.csv, files.csv}};
    for (const auto& [file, path] : wanted) {
        auto opened = ReportFile::opened(path);
        if (!opened)
            return opened.error();
        file = std::move(*opened);
    }
    return open;
}

} // namespace tallystick
