// SPDX-License-Identifier: GPL-3.0-or-later
//! Text tables, JSON and CSV.
#include "app/output.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace tallystick {

namespace {

constexpr int columnGap = 2;

/// Columns of a terminal a text takes: combining marks none, wide East Asian and emoji two.
qsizetype widthOf(const QString& text)
{
    qsizetype width = 0;
    for (const char32_t c : text.toUcs4()) {
        const QChar::Category category = QChar::category(c);
        if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing ||
            category == QChar::Other_Format)
            continue;
        const bool isWide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                            (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                            (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                            (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
        width += isWide ? 2 : 1;
    }
    return width;
}

QString csvCell(QString text)
{
    static const QRegularExpression wholeNumber(QStringLiteral("^-?[0-9]+$"));
    static const QString formulaStarts = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && formulaStarts.contains(text.front()) &&
        !wholeNumber.match(text).hasMatch())
        text.prepend(QLatin1Char('\''));
    static const QRegularExpression special(QStringLiteral("[\",\r\n]"));
    if (!text.contains(special))
        return text;
    text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

} // namespace

Console::Console(std::FILE* out, std::FILE* err)
    : m_out(out)
    , m_err(err)
    , m_isTerminal(isatty(fileno(err)) != 0)
{
}

void Console::print(const QString& line)
{
    printRaw(line.toUtf8() + '\n');
}

void Console::print(const QJsonObject& document)
{
    printRaw(QJsonDocument(document).toJson(QJsonDocument::Indented));
}

void Console::printRaw(const QByteArray& bytes)
{
    const std::lock_guard guard(m_mutex);
    clearProgress();
    errno = 0;
    const size_t size = size_t(bytes.size());
    const bool isWritten = std::fwrite(bytes.constData(), 1, size, m_out) == size;
    const bool isFlushed = std::fflush(m_out) == 0;
    // A reader that closed its end, such as head, has what it wanted.
    if ((!isWritten || !isFlushed) && errno != EPIPE)
        m_isIntact = false;
}

void Console::say(const QString& line)
{
    const std::lock_guard guard(m_mutex);
    clearProgress();
    std::fputs((line + QLatin1Char('\n')).toUtf8().constData(), m_err);
    std::fflush(m_err);
}

void Console::progress(const QString& line)
{
    if (!m_isTerminal)
        return;
    const std::lock_guard guard(m_mutex);
    m_hasProgress = true;
    std::fputs(("\r\033[K" + line.toUtf8()).constData(), m_err);
    std::fflush(m_err);
}

void Console::endProgress()
{
    const std::lock_guard guard(m_mutex);
    clearProgress();
}

void Console::clearProgress()
{
    if (!m_hasProgress)
        return;
    m_hasProgress = false;
    std::fputs("\r\033[K", m_err);
    std::fflush(m_err);
}

QString textTable(const QList<Column>& columns, const QList<QStringList>& rows)
{
    QList<QStringList> lines;
    QStringList titles;
    for (const Column& column : columns)
        titles << column.title;
    lines << titles;
    for (const QStringList& row : rows) {
        Q_ASSERT(row.size() == columns.size());
        QStringList cells;
        for (const QString& cell : row)
            cells << printable(cell);
        lines << cells;
    }
    QList<qsizetype> widths(columns.size(), 0);
    for (const QStringList& line : lines)
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], widthOf(line[i]));

    QStringList text;
    for (const QStringList& line : lines) {
        QString written;
        for (qsizetype i = 0; i < line.size(); ++i) {
            const QString fill(widths[i] - widthOf(line[i]), QLatin1Char(' '));
            written += columns[i].isNumber ? fill + line[i] : line[i] + fill;
            written += QString(columnGap, QLatin1Char(' '));
        }
        while (written.endsWith(QLatin1Char(' ')))
            written.chop(1);
        text << written;
    }
    return text.join(QLatin1Char('\n'));
}

QByteArray csv(const QStringList& header, const QList<QStringList>& rows)
{
    QString text;
    for (const QStringList& row : QList<QStringList>{header} + rows) {
        QStringList cells;
        for (const QString& cell : row)
            cells << csvCell(cell);
        text += cells.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return text.toUtf8();
}

QString printable(const QString& text)
{
    QString clean = text;
    for (QChar& c : clean)
        if (c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
    return clean;
}

} // namespace tallystick
