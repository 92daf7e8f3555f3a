// SPDX-License-Identifier: GPL-3.0-or-later
//! Keeps a label's colour in step with the palette.
#include "ui/shared/label.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>

namespace tallystick {

Label::Label(theme::Type type, theme::Role role, const QString& text, QWidget* parent)
    : QLabel(text, parent)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    // On a background of QPalette::Base a label would take QPalette::Text, which has no role here.
    setForegroundRole(QPalette::WindowText);
    setFont(theme::font(type));
    takeColor();
}

void Label::setRole(theme::Role role)
{
    m_role = role;
    takeColor();
}

void Label::setElided(Qt::TextElideMode mode)
{
    m_elide = mode;
    updateGeometry();
    update();
}

QSize Label::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return m_elide == Qt::ElideNone ? hint : QSize(theme::margin, hint.height());
}

void Label::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        takeColor();
}

void Label::paintEvent(QPaintEvent* event)
{
    const bool isShort = m_elide == Qt::ElideNone ||
                         fontMetrics().horizontalAdvance(text()) <= contentsRect().width();
    if (m_elide != Qt::ElideNone)
        setToolTip(isShort ? QString() : text());
    if (isShort) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), int(alignment()),
                     fontMetrics().elidedText(text(), m_elide, contentsRect().width()));
}

void Label::takeColor()
{
    QPalette changed = palette();
    const QColor wanted = theme::color(m_role, changed);
    // Setting a palette raises PaletteChange again; the comparison ends that.
    if (changed.color(QPalette::Active, QPalette::WindowText) == wanted)
        return;
    changed.setColor(QPalette::WindowText, wanted);
    setPalette(changed);
}

} // namespace tallystick
