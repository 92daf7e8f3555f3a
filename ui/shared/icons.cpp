// SPDX-License-Identifier: GPL-3.0-or-later
//! Renders the SVG sources, in which black stands for "the colour of the text around".
#include "ui/shared/icons.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmap>
#include <QtSvg/QSvgRenderer>

namespace tallystick::icons {

namespace {

const QString folder = QStringLiteral(":/tallystick/icons/");
const QString programName = QStringLiteral("tallystick");

QByteArray sourceOf(const QString& name)
{
    QFile file(folder + name + QStringLiteral(".svg"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(QString name, theme::Role role)
        : m_name(std::move(name))
        , m_role(role)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor color =
            mode == QIcon::Disabled ? palette.color(QPalette::Disabled, QPalette::ButtonText)
            // Selected is asked for on a filled accent, see styledraw.
            : mode == QIcon::Selected ? theme::color(theme::Role::OnAccent, palette)
                                      : theme::color(m_role, palette);
        icons::paint(*painter, rect, m_name, color);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new TintedEngine(m_name, m_role); }

private:
    QString m_name;
    theme::Role m_role;
};

} // namespace

QIcon icon(const QString& name, theme::Role role)
{
    return QIcon(new TintedEngine(name, role));
}

void paint(QPainter& painter, const QRect& rect, const QString& name, const QColor& color)
{
    QSvgRenderer renderer(sourceOf(name).replace("#000000", color.name().toLatin1()));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(rect));
    painter.restore();
}

QIcon programIcon()
{
    return QIcon(folder + programName + QStringLiteral(".svg"));
}

QStringList allNames()
{
    QStringList names;
    for (const QString& file : QDir(folder).entryList({QStringLiteral("*.svg")}, QDir::Files))
        if (!file.startsWith(programName))
            names << file.chopped(4);
    return names;
}

} // namespace tallystick::icons
