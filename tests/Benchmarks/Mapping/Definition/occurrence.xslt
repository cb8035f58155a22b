<?xml version="1.0" encoding="utf-8"?>
<!-- The task in XSLT 1.0. Escaping for JSON, dates and the clock change are asked of an extension object (written in C#), as XSLT 1.0 has none of them; nothing is validated. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:benchmark" exclude-result-prefixes="x">
  <xsl:output method="text" encoding="utf-8"/>
  <xsl:template match="/occurrence">
    <xsl:text>{"references":[{"kind":"occurrence","value":</xsl:text><xsl:value-of select="x:json(string(number))"/>
    <xsl:text>},{"kind":"crime","value":</xsl:text><xsl:value-of select="x:json(string(crimeRef))"/>
    <xsl:text>}],"status":</xsl:text>
    <xsl:choose>
      <xsl:when test="status='REC'">"recorded"</xsl:when>
      <xsl:when test="status='UIN'">"under-investigation"</xsl:when>
      <xsl:when test="status='CHG'">"charged"</xsl:when>
      <xsl:when test="status='CLO'">"closed"</xsl:when>
    </xsl:choose>
    <xsl:text>,"offence":</xsl:text>
    <xsl:choose>
      <xsl:when test="offenceCode='028/01'">"burglary-dwelling"</xsl:when>
      <xsl:when test="offenceCode='030/02'">"burglary-other"</xsl:when>
      <xsl:when test="offenceCode='034/01'">"robbery"</xsl:when>
      <xsl:when test="offenceCode='058/01'">"criminal-damage"</xsl:when>
    </xsl:choose>
    <xsl:text>,"occurredFrom":"</xsl:text><xsl:value-of select="x:instant(string(committedFrom))"/><xsl:text>"</xsl:text>
    <xsl:if test="committedTo"><xsl:text>,"occurredTo":"</xsl:text><xsl:value-of select="x:instant(string(committedTo))"/><xsl:text>"</xsl:text></xsl:if>
    <xsl:if test="modus"><xsl:text>,"summary":</xsl:text><xsl:value-of select="x:json(string(modus))"/></xsl:if>
    <xsl:apply-templates select="venue"/>
    <xsl:text>,"persons":[</xsl:text><xsl:apply-templates select="nominal"/><xsl:text>]</xsl:text>
    <xsl:text>,"events":[</xsl:text><xsl:apply-templates select="event"/><xsl:text>]}</xsl:text>
  </xsl:template>
  <xsl:template match="venue">
    <xsl:text>,"location":{</xsl:text>
    <xsl:if test="address"><xsl:text>"lines":[</xsl:text><xsl:apply-templates select="address"/><xsl:text>],</xsl:text></xsl:if>
    <xsl:text>"town":</xsl:text><xsl:value-of select="x:json(string(town))"/>
    <xsl:if test="postCode"><xsl:text>,"postcode":</xsl:text><xsl:value-of select="x:json(string(postCode))"/></xsl:if>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="address|forename"><xsl:if test="position()&gt;1">,</xsl:if><xsl:value-of select="x:json(string(.))"/></xsl:template>
  <xsl:template match="nominal">
    <xsl:if test="position()&gt;1">,</xsl:if>
    <xsl:text>{"role":</xsl:text><xsl:value-of select="x:json(string(role))"/>
    <xsl:text>,"name":{"given":[</xsl:text><xsl:apply-templates select="forename"/><xsl:text>],"family":</xsl:text><xsl:value-of select="x:json(string(surname))"/><xsl:text>}</xsl:text>
    <xsl:if test="dob"><xsl:text>,"dateOfBirth":"</xsl:text><xsl:value-of select="concat(substring(dob,7,4),'-',substring(dob,4,2),'-',substring(dob,1,2))"/><xsl:text>"</xsl:text></xsl:if>
    <xsl:if test="mobile"><xsl:text>,"sms":"+44</xsl:text><xsl:value-of select="substring(mobile,2)"/><xsl:text>"</xsl:text></xsl:if>
    <xsl:if test="needs"><xsl:text>,"needs":</xsl:text><xsl:value-of select="x:json(string(needs))"/></xsl:if>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="event">
    <xsl:if test="position()&gt;1">,</xsl:if>
    <xsl:text>{"kind":</xsl:text>
    <xsl:choose>
      <xsl:when test="type='OIC'">"officer-assigned"</xsl:when>
      <xsl:when test="type='ARR'">"suspect-arrested"</xsl:when>
      <xsl:when test="type='BAI'">"released-on-bail"</xsl:when>
      <xsl:when test="type='FIL'">"file-sent"</xsl:when>
    </xsl:choose>
    <xsl:text>,"at":"</xsl:text><xsl:value-of select="x:instant(string(at))"/><xsl:text>"</xsl:text>
    <xsl:if test="text"><xsl:text>,"text":</xsl:text><xsl:value-of select="x:json(string(text))"/></xsl:if>
    <xsl:text>}</xsl:text>
  </xsl:template>
</xsl:stylesheet>
