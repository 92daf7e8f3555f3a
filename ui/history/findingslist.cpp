// SPDX-License-Identifier: GPL-3.0-or-later
//! Shows the worst findings and says how many more there are.
#include "ui/history/findingslist.h"

#include "ui/shared/chip.h"
#include "ui/shared/format.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

namespace tallystick {

using theme::Role;
using theme::Type;

namespace {

constexpr int mostLines = 3;

} // namespace

FindingsList::FindingsList(QWidget* parent)
    : QFrame(parent)
    , m_lines(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("findings"));
    m_lines->setContentsMargins(12, theme::gap, 12, theme::gap);
    m_lines->setSpacing(theme::tight);
    setVisible(false);
}

void FindingsList::show(const QList<Finding>& findings)
{
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    QStringList sentences;
    qsizetype shown = 0;
    for (const Finding& finding : findings) {
        if (isHarmless(finding.kind))
            continue;
        sentences << words::sentence(finding);
        if (shown++ < mostLines)
            addLine(finding);
    }
    if (shown > mostLines)
        m_lines->addWidget(
            new Label(Type::Caption, Role::Secondary,
                      shown == mostLines + 1
                          ? tr("and 1 more finding")
                          : tr("and %1 more findings").arg(format::count(shown - mostLines))));
    setAccessibleName(sentences.join(QStringLiteral(". ")));
    setVisible(shown > 0);
}

void FindingsList::addLine(const Finding& finding)
{
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::gap);
    auto* sentence = new Label(Type::Body, Role::Text, words::sentence(finding));
    sentence->setWordWrap(true);
    row->addWidget(new Chip(words::word(finding.kind), Role::Negative), 0, Qt::AlignTop);
    row->addWidget(sentence, 1);
    if (!finding.rows.isEmpty()) {
        auto* show = new QPushButton(tr("Show row"));
        show->setObjectName(QStringLiteral("showFindingRow"));
        show->setAccessibleName(tr("Show the row of finding %1").arg(words::word(finding.kind)));
        connect(show, &QPushButton::clicked, this,
                [this, key = finding.rows.first()] { emit rowWanted(key); });
        row->addWidget(show, 0, Qt::AlignTop);
    }
    m_lines->addWidget(line);
}

void FindingsList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::tint(Role::Negative, 35, Role::Surface, palette()));
    painter.setBrush(theme::tint(Role::Negative, 6, Role::Surface, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), theme::radius,
                            theme::radius);
}

} // namespace tallystick
